import { type BrowserContext, test as base, expect, type Page } from "@playwright/test";
import { enterSubmits } from "@/lib/testing/enter-submits";
import { type DegradedHistory, makeDegradedHistory } from "./degraded-history";
import { type JsonApi, openJsonApi } from "./json-api";
import { madeOnce } from "./made-once";
import { ADMIN, newPerson, type Person, signedInState } from "./people";
import { makeProject, type ProjectOptions, type TestProject } from "./project";
import { listenForComplaints } from "./quiet-page";
import { makeSuddenDrop, type SuddenDrop } from "./sudden-drop";

type StorageState = Awaited<ReturnType<BrowserContext["storageState"]>>;

/** Somebody signed in: as cookies for a browser, and as a client of the JSON API. */
export interface SignedIn extends Person {
  state: StorageState;
  api: JsonApi;
}

interface WorkerFixtures {
  serverURL: string;
  admin: SignedIn;
  reviewer: SignedIn;
  /** A project in which one segment has silently got worse; for looking at, not for changing. */
  degraded: DegradedHistory;
  /** A project in which the monitors have found a drop; each story acts on an incident of its own. */
  suddenDrop: SuddenDrop;
}

interface Fixtures {
  /** Pages of a story say nothing on the console; what a story provokes on purpose is added here. */
  expectedComplaints: RegExp[];
  quiet: undefined;
  project: (options?: ProjectOptions) => Promise<TestProject>;
  /** A page on which the reviewer is signed in, member of the given projects; they have chosen that Enter alone submits. */
  reviewerPage: (project: TestProject) => Promise<Page>;
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  serverURL: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of fixtures from this pattern
    async ({}, use, info) => {
      const url = info.project.use.baseURL;
      if (!url) throw new Error("playwright.config.ts names no baseURL");
      await use(url);
    },
    { scope: "worker" },
  ],
  admin: [
    async ({ browser, serverURL }, use) => {
      const state = await signedInState(browser, serverURL, ADMIN);
      const api = await openJsonApi(serverURL, state);
      await use({ ...ADMIN, state, api });
      await api.close();
    },
    { scope: "worker" },
  ],
  reviewer: [
    async ({ browser, serverURL, admin }, use) => {
      const person = newPerson("Robin Reviewer");
      const { slug } = await makeProject(admin.api, serverURL, { name: "Where Robin began", form: false });
      const invite = await admin.api.post<{ path: string }>(`/api/v1/projects/${slug}/invites`, {
        role: "REVIEWER",
        email: person.email,
      });
      const visitor = await openJsonApi(serverURL, { cookies: [], origins: [] });
      await visitor.post("/api/v1/invites/accept", { token: invite.path.split("#")[1], ...person });
      await visitor.close();
      const state = await signedInState(browser, serverURL, person);
      const api = await openJsonApi(serverURL, state);
      await use({ ...person, state, api });
      await api.close();
    },
    { scope: "worker" },
  ],
  degraded: [
    async ({ admin, reviewer, serverURL }, use) =>
      use(await madeOnce("degraded-history", () => makeDegradedHistory(admin.api, reviewer, serverURL))),
    { scope: "worker", timeout: 200_000 },
  ],
  suddenDrop: [
    async ({ admin, serverURL }, use) =>
      use(await madeOnce("sudden-drop", () => makeSuddenDrop(admin.api, serverURL))),
    { scope: "worker", timeout: 200_000 },
  ],
  storageState: ({ admin }, use) => use(admin.state),
  // oxlint-disable-next-line no-empty-pattern -- as above
  expectedComplaints: ({}, use) => use([]),
  quiet: [
    async ({ context, expectedComplaints }, use) => {
      const complaints = listenForComplaints(context, () => expectedComplaints);
      await use(undefined);
      expect(complaints, "a page complained").toEqual([]);
    },
    { auto: true },
  ],
  project: ({ admin, serverURL }, use) => use((options) => makeProject(admin.api, serverURL, options)),
  reviewerPage: async ({ browser, reviewer, admin, contextOptions, expectedComplaints }, use, info) => {
    const contexts: BrowserContext[] = [];
    const heard: string[][] = [];
    await use(async ({ slug }) => {
      const member = await admin.api.post<{ user_id: string }>(`/api/v1/projects/${slug}/members`, {
        email: reviewer.email,
        role: "REVIEWER",
      });
      const { viewport, hasTouch, isMobile, userAgent, deviceScaleFactor, baseURL } = info.project.use;
      const sameDevice = { viewport, hasTouch, isMobile, userAgent, deviceScaleFactor, baseURL };
      const known = Object.fromEntries(Object.entries(sameDevice).filter(([, value]) => value !== undefined));
      const context = await browser.newContext({ ...contextOptions, ...known, storageState: reviewer.state });
      contexts.push(context);
      await enterSubmits(context, [{ id: member.user_id }]);
      heard.push(listenForComplaints(context, () => expectedComplaints));
      return context.newPage();
    });
    for (const context of contexts) await context.close();
    expect(heard.flat(), "a reviewer's page complained").toEqual([]);
  },
});

export { expect };
