import { type APIRequestContext, type Browser, request } from "@playwright/test";

import { openLook } from "./take-shot";

export const OWNER = { email: "owner@example.com", password: "a password for pictures" };

type State = Awaited<ReturnType<APIRequestContext["storageState"]>>;

interface Projects {
  projects: { slug: string; is_demo: boolean }[];
}

export interface World {
  state: State;
  full: string;
  empty: string;
}

/** Signs in, and makes what the demo does not have: an empty project, a hand-picked batch, a backtest that is done. */
export async function makeWorld(
  browser: Browser,
  origin: string,
  owner: { email: string; password: string },
): Promise<World> {
  const state = await signIn(browser, origin, owner);
  const api = await request.newContext({
    baseURL: origin,
    storageState: state,
    extraHTTPHeaders: { origin },
  });
  const { projects } = await call<Projects>(api, "GET", "/api/v1/projects");
  const full = projects.find(({ is_demo }) => is_demo)?.slug;
  if (!full) throw new Error("There is no demo project to take pictures of.");
  const empty = projects.find(({ is_demo }) => !is_demo)?.slug ?? (await makeEmpty(api));
  await fillLists(api, full);
  await untilCounted(api, full);
  await api.dispose();
  return { state, full, empty };
}

async function signIn(browser: Browser, origin: string, owner: typeof OWNER): Promise<State> {
  const context = await openLook(browser, origin, { device: "desktop", theme: "light" });
  const page = await context.newPage();
  await page.goto("/sign-in");
  await page.waitForLoadState("networkidle");
  await page.getByLabel("E-mail").fill(owner.email);
  await page.getByLabel("Password").fill(owner.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL((url) => url.pathname !== "/sign-in");
  const state = await context.storageState();
  await context.close();
  return state;
}

async function makeEmpty(api: APIRequestContext): Promise<string> {
  const made = await call<{ slug: string }>(api, "POST", "/api/v1/projects", {
    name: "New system",
    time_zone: "UTC",
    reviews_per_week: 100,
    expected_per_day: 200,
  });
  return made.slug;
}

async function fillLists(api: APIRequestContext, slug: string): Promise<void> {
  const path = `/api/v1/projects/${slug}`;
  const { backtests } = await call<{ backtests: unknown[] }>(api, "GET", `${path}/backtests`);
  if (backtests.length > 0) return;
  await holdOne(api, slug);
  const { outputs } = await call<{ outputs: { id: string }[] }>(api, "GET", `${path}/outputs?limit=5`);
  await call(api, "POST", `${path}/diagnostics`, {
    batch_id: "01890000-0000-7000-8000-000000000001",
    note: "Scans that were misread",
    origin: "selection",
    outputs: outputs.map(({ id }) => id),
  });
  const { id } = await call<{ id: string }>(api, "POST", `${path}/backtests`, {
    reviews_per_week: 60,
    draws: 40,
    accepted_per_year: 1,
    compare: false,
  });
  for (let asked = 0; asked < 300; asked += 1) {
    const { state } = await call<{ state: string }>(api, "GET", `${path}/backtests/${id}`);
    if (state !== "WAITING" && state !== "RUNNING") return;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
  throw new Error("The backtest of the pictures does not end.");
}

/** Inputs are compared with the pilot in the background, a while after they came. */
async function untilCounted(api: APIRequestContext, slug: string): Promise<void> {
  for (let asked = 0; asked < 120; asked += 1) {
    const { drift } = await call<{ drift: { waiting: number } | null }>(
      api,
      "GET",
      `/api/v1/projects/${slug}/drift`,
    );
    if (drift?.waiting === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
}

/** A record that no contract could take, so that quarantine has something to show. */
async function holdOne(api: APIRequestContext, slug: string): Promise<void> {
  const { token } = await call<{ token: string }>(api, "POST", `/api/v1/projects/${slug}/keys`, {
    name: "Pictures",
    scopes: ["outputs:write"],
    new_source: { name: "Pictures", recorded_history: false },
  });
  const record = {
    id: "no-time",
    occurred_at: "yesterday",
    input: { text: "Please pay." },
    output: { label: "order" },
  };
  const response = await api.post("/api/v1/outputs", {
    data: record,
    headers: { authorization: `Bearer ${token}` },
  });
  if (!response.ok())
    throw new Error(`A record was not taken: ${response.status()} ${await response.text()}`);
}

async function call<T>(api: APIRequestContext, method: string, path: string, data?: unknown): Promise<T> {
  const response = await api.fetch(path, { method, ...(data === undefined ? {} : { data }) });
  if (!response.ok()) throw new Error(`${method} ${path}: ${response.status()} ${await response.text()}`);
  return (await response.json()) as T;
}
