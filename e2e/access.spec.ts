import type { Page } from "@playwright/test";
import {
  expectAccessible,
  expectClean,
  expectFits,
  expectSeenInDark,
  expectStill,
  findings,
} from "./accessibility";
import { expect, test } from "./fixtures";
import { openPage, untilAlive, untilIdle } from "./open-page";
import { ADMIN } from "./people";
import { letter } from "./project";
import { listenForComplaints } from "./quiet-page";
import { keyboardHands, readLetter, shownItem, tabTo } from "./review-hands";

const nobody = { cookies: [], origins: [] };

// axe reads each page twice, which takes a busy machine seconds.
test.describe.configure({ timeout: 240_000 });

interface Look {
  status?: number;
  /** Colours that the page of the design language does not show: read again in dark. */
  ownColours?: boolean;
}

/** Each page is opened, read by axe, measured, seen to stand still, and listened to for complaints (by the fixture). */
async function look(
  page: Page,
  paths: readonly string[],
  { status = 200, ownColours = false }: Look = {},
): Promise<void> {
  for (const path of paths) {
    await test.step(path, async () => {
      expect((await openPage(page, path))?.status(), path).toBe(status);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expect(page.locator("main [aria-busy=true]:not([data-sample] *)")).toHaveCount(0);
      await expectStill(page, path);
      await expectClean(page, path);
      await expectFits(page, path);
      if (ownColours) await expectSeenInDark(page, path);
    });
  }
}

test("pages with numbers are accessible", async ({ page, degraded: { slug } }) => {
  const figures = ["", "/accuracy", "/accuracy/compare", "/output", "/input"].map(
    (path) => `/${slug}${path}`,
  );
  await look(page, figures, { ownColours: true });
  await look(page, [
    `/${slug}/accuracy?view=table&segment=${encodeURIComponent("channel=scan")}`,
    `/${slug}/incident`,
    `/${slug}/input/drift`,
  ]);
  await openPage(page, `/${slug}/output`);
  await page.getByRole("table", { name: "Outputs" }).getByRole("link").first().click();
  await expect(page.getByRole("heading", { name: "How it was chosen" })).toBeVisible();
  await expectAccessible(page, "an output's own page");
  await expectFits(page, "an output's own page");
});

test("what opens above a page is accessible", async ({ page, degraded: { slug } }) => {
  const open = async (name: RegExp | string) => {
    await page.getByRole("button", { name }).locator("visible=true").first().click();
  };
  const menu = async (name: RegExp | string) => {
    await open(name);
    await expect(page.getByRole("menu")).toBeVisible();
    await expectClean(page, `menu ${name}`);
  };
  const close = async () => {
    await page.keyboard.press("Escape");
    await expect(page.getByRole("menu")).toHaveCount(0);
    await expect(page.getByRole("dialog")).toHaveCount(0);
  };
  await openPage(page, `/${slug}/accuracy`);
  await menu(/^Account of/);
  await close();
  await menu(/Switch project$/);
  await close();
  await menu("Saved views");
  await page.getByRole("menuitem", { name: "Save this view" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await expectClean(page, "saving a view");
  await close();
  await open("Mark a release");
  await expect(page.getByRole("dialog", { name: "Mark a release" })).toBeVisible();
  await expectClean(page, "marking a release");
  await close();
  // A phone shows people one below the other, without the heads of columns that explain themselves.
  if ((page.viewportSize()?.width ?? 0) < 768) return;
  await openPage(page, `/${slug}/reviewer`);
  await open(/^What does “Pace” mean/);
  await expect(page.getByRole("dialog", { name: "Pace" })).toBeVisible();
  await expectClean(page, "what a figure means");
});

test("the review screen is accessible, before and after the reveal", async ({ project, reviewerPage }) => {
  const made = await project({ secondLooks: 0 });
  await made.sender.outputs([letter("a", "invoice", "order")]);
  const screen = await reviewerPage(made);
  await openPage(screen, `/${made.slug}/review`);
  await shownItem(screen);
  await expectAccessible(screen, "review, blind");
  await expectFits(screen, "review, blind");
  await screen.getByText("invoice", { exact: true }).click();
  await screen.getByRole("button", { name: "Show the output" }).click();
  await expect(screen.getByText("The output counts as wrong")).toBeVisible();
  await expectAccessible(screen, "review, revealed");
  await screen.getByRole("button", { name: "Skip" }).click();
  await expect(screen.getByRole("dialog", { name: "Skip this item" })).toBeVisible();
  await expectAccessible(screen, "review, asked for a reason");
});

test("the settings are accessible", async ({ page, degraded: { slug } }) => {
  const names = "project answer-schema contract sampling review monitor planner sources keys members sharing";
  await look(
    page,
    `${names} alert alert/log alert/weekly audit`.split(" ").map((name) => `/${slug}/setting/${name}`),
  );
});

test("an empty project's pages are accessible", async ({ page, project }) => {
  const { slug } = await project({ form: false });
  await look(
    page,
    ["", "/start", "/accuracy", "/review", "/output", "/input", "/setting/monitor", "/setting/planner"].map(
      (path) => `/${slug}${path}`,
    ),
  );
});

test("pages of the installation are accessible", async ({
  page,
  browser,
  serverURL,
  expectedComplaints,
}, info) => {
  expectedComplaints.push(/status of 404/);
  // All components in all states.
  await look(page, ["/admin/design"], { ownColours: true });
  await look(page, ["/projects", "/projects/new", "/account", "/admin", "/admin/audit"]);
  await look(page, ["/docs", "/docs/numbers", "/docs/api"]);
  await look(page, ["/there-is-no-such-project"], { status: 404 });
  const { viewport } = info.project.use;
  const context = await browser.newContext({
    storageState: nobody,
    baseURL: serverURL,
    ...(viewport ? { viewport } : {}),
  });
  const complaints = listenForComplaints(context, () => [/status of 4(04|22)/]);
  const visitor = await context.newPage();
  await look(visitor, ["/sign-in"], { ownColours: true });
  await openPage(visitor, "/invite");
  await expect(visitor.getByRole("heading", { name: "This link does not open anything" })).toBeVisible();
  await expectAccessible(visitor, "a link that opens nothing");
  expect(complaints).toEqual([]);
  await context.close();
});

test("a full pass by keyboard: sign in, review three, accuracy, outputs", async ({
  browser,
  serverURL,
  project,
}, info) => {
  test.skip(
    info.project.name === "phone",
    "a phone has no keyboard; the same story is told by touch in reviewer.spec.ts",
  );
  const made = await project({ secondLooks: 0 });
  await made.sender.outputs(["a", "b", "c"].map((id) => letter(id, "order", "order")));
  const context = await browser.newContext({ storageState: nobody, baseURL: serverURL });
  const complaints = listenForComplaints(context, () => []);
  const page = await context.newPage();
  const enter = () => page.keyboard.press("Enter");

  await openPage(page, `/${made.slug}/review`);
  await tabTo(page, page.getByLabel("E-mail"));
  await page.keyboard.type(ADMIN.email);
  await tabTo(page, page.getByLabel("Password"));
  await page.keyboard.type(ADMIN.password);
  await enter();
  await page.waitForURL((url) => url.pathname === `/${made.slug}/review`);
  await untilAlive(page);

  const hands = keyboardHands(page);
  let before: string | undefined;
  for (let judged = 0; judged < 3; judged += 1) {
    before = await shownItem(page, before);
    await hands.choose(await readLetter(page));
    await hands.reveal();
    await expect(page.getByText("The output counts as right")).toBeVisible();
    await untilIdle(page);
    // For who has not chosen otherwise, Enter goes to the button first: the second of two quick ones submits nothing unseen.
    await enter();
    await expect(page.getByRole("button", { name: /^Submit and next/ })).toBeFocused();
    await enter();
  }
  await expect(page.getByRole("heading", { name: "All done" })).toBeVisible();

  const menu = page.getByRole("navigation", { name: "Project" });
  await tabTo(page, menu.getByRole("link", { name: "Accuracy" }));
  await expectFocusIsSeen(page);
  await enter();
  await expect(page.getByRole("heading", { name: "Accuracy", level: 1 })).toBeVisible();
  await tabTo(page, menu.getByRole("link", { name: "Outputs" }));
  await enter();
  await expect(page.getByRole("heading", { name: "Outputs", level: 1 })).toBeVisible();
  const first = page.getByRole("table", { name: "Outputs" }).getByRole("link").first();
  await expect(first).toBeVisible();
  await tabTo(page, first);
  await expectFocusIsSeen(page);
  await enter();
  await expect(page.getByRole("heading", { name: "How it was chosen" })).toBeVisible();
  expect(complaints).toEqual([]);
  await context.close();
});

async function expectFocusIsSeen(page: Page): Promise<void> {
  const outline = await page.evaluate(() => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(
      document.activeElement ?? document.body,
    );
    return { line: outlineStyle === "none" ? 0 : Number.parseFloat(outlineWidth), boxShadow };
  });
  expect(outline.line > 0 || outline.boxShadow !== "none", "the focused element looks like the others").toBe(
    true,
  );
}

test("the guards see planted faults: an inline script, an exception, a picture without a text", async ({
  browser,
  serverURL,
}) => {
  const context = await browser.newContext({ storageState: nobody, baseURL: serverURL });
  const complaints = listenForComplaints(context, () => []);
  const page = await context.newPage();
  await page.route("**/planted", (route) =>
    route.fulfill({
      contentType: "text/html",
      headers: { "content-security-policy": "script-src 'nonce-a'" },
      body: `<html lang="en"><title>x</title><main><h1>x</h1><img src="data:,"><p style="color:#ccc;background:#fff">pale</p></main>
        <script>window.forbidden = 1</script><script nonce="a">setTimeout(() => { throw new Error("planted") })</script>`,
    }),
  );
  await page.goto("/planted");
  await expect.poll(() => complaints.some((each) => /Content Security Policy/.test(each))).toBe(true);
  await expect.poll(() => complaints.some((each) => /exception: .*planted/.test(each))).toBe(true);
  const found = (await findings(page, { least: "serious" })).join("\n");
  expect(found).toMatch(/image-alt/);
  expect(found).toMatch(/color-contrast/);
  await context.close();
});
