import type { Browser, BrowserContext, Page } from "@playwright/test";
import { enterSubmits } from "@/lib/testing/enter-submits";
import { makeReviewQueue, type ReviewQueue } from "@/lib/testing/make-review-queue";
import { differences, type Said, type StoredRow } from "./compare-said";
import { keepNothing, look, type Seen, until } from "./reviewer-page";
import type { TwoServers } from "./two-servers";

export const PASSWORD = "open sesame, slowly";

/** One reviewer with a queue and a browser profile of their own, and everything that their screen has said. */
export interface Lane {
  servers: TwoServers;
  queue: ReviewQueue;
  context: BrowserContext;
  page: Page;
  random: () => number;
  said: Said[];
  notSaved: string[];
  /** Answers as they stood when they were last on the screen. */
  answers: Map<string, string>;
  /** Answered without connection: the screen may bring them back. */
  keptBlind: Set<string>;
  /** What went wrong beside the comparison: a draft that was gone, a screen that did not come to rest. */
  problems: string[];
  checkedRows: Set<string>;
  /** For the report of a run that does not end. */
  doing: string;
}

export async function openLane(
  browser: Browser,
  servers: TwoServers,
  setting: { items: number; passwordHash: string; random: () => number; breakStore: boolean },
): Promise<Lane> {
  const queue = await makeReviewQueue(servers.db, {
    reviewers: 2,
    items: Array.from({ length: setting.items }, (_, i) => ({
      input: { question: `Number ${i}` },
      output: { label: i % 3 ? "yes" : "no" },
    })),
  });
  const { passwordHash } = setting;
  for (const { id } of queue.reviewers)
    await servers.db.user.update({ where: { id }, data: { passwordHash } });
  const context = await browser.newContext({
    baseURL: servers.origin,
    timezoneId: "UTC",
    locale: "en-GB",
    viewport: { width: 1280, height: 800 },
  });
  await enterSubmits(context, queue.reviewers);
  if (setting.breakStore) await context.addInitScript(keepNothing);
  const lane: Lane = {
    servers,
    queue,
    context,
    page: await context.newPage(),
    random: setting.random,
    said: [],
    notSaved: [],
    answers: new Map(),
    keptBlind: new Set(),
    problems: [],
    checkedRows: new Set(),
    doing: "",
  };
  await signInAs(lane, 0);
  await openReview(lane);
  return lane;
}

/** Signs the n-th reviewer of the queue in; a connection that a killed server left behind is tried anew, as browsers do. */
export async function signInAs(lane: Lane, reviewer: number): Promise<void> {
  const person = lane.queue.reviewers[reviewer];
  if (!person) throw new Error(`There is no reviewer ${reviewer}.`);
  const { request } = lane.context;
  const csrf = await request.get("/api/auth/csrf", { maxRetries: 3 });
  const { csrfToken } = (await csrf.json()) as { csrfToken: string };
  const answer = await request.post("/api/auth/callback/credentials", {
    maxRetries: 3,
    form: { email: person.email, password: PASSWORD, csrfToken, json: "true" },
    headers: { origin: lane.servers.origin },
  });
  if (!answer.ok()) throw new Error(`Signing in was answered by ${answer.status()}: ${await answer.text()}`);
}

export async function openReview(lane: Lane): Promise<void> {
  await lane.page.goto(`/${lane.queue.project.slug}/review`);
}

export interface Manner {
  presses: "once" | "twice" | "held";
  overrule: boolean;
  beforeReveal?: (() => Promise<unknown>) | undefined;
  beforeSubmit?: (() => Promise<unknown>) | undefined;
}

export const PLAINLY: Manner = { presses: "once", overrule: false };
const isAnswering = (seen: Seen) => /^(Show|Compare|Keep|Send)/.test(seen.main ?? "");
/** Answers the item on the screen until the screen goes on. False when there is none. */
export async function decide(lane: Lane, manner: Manner): Promise<boolean> {
  const { seen } = await ready(lane);
  const { reference } = seen;
  if (reference === null) return false;
  forgetKeptAnswer(lane, reference, seen);
  const hooks = { reveal: manner.beforeReveal, submit: manner.beforeSubmit };
  let overruled = false;
  let pressed: Said | null = null;
  for (let step = 0; step < 40; step += 1) {
    const now = await look(lane.page);
    lane.doing = `${reference}: "${now.main}" with ${now.chosen}, step ${step}`;
    if (now.signedOut || now.elsewhere) {
      await ready(lane);
      continue;
    }
    if (now.reference !== reference) break;
    if (isAnswering(now) && now.chosen === null) {
      await lane.page.keyboard.press(lane.random() < 0.5 ? "1" : "2");
      await until(lane.page, (later) => later.chosen !== null || later.reference !== reference, 1_000);
      continue;
    }
    if (now.chosen !== null) lane.answers.set(reference, now.chosen);
    if (now.main?.startsWith("Show")) {
      await hooks.reveal?.();
      hooks.reveal = undefined;
      await lane.page.keyboard.press("Enter");
      const { seen: later } = await until(
        lane.page,
        (then) => then.main !== now.main || then.reference !== reference || then.signedOut,
        3_000,
      );
      // The connection went in the moment of the press: the button had become another one.
      if (later.reference !== reference && later.said !== now.said && later.said.startsWith("Saved")) {
        lane.keptBlind.add(reference);
        pressed = kept(lane, reference, null);
      }
      continue;
    }
    if (manner.overrule && !overruled && now.verdict && now.main?.startsWith("Submit")) {
      overruled = true;
      await lane.page.keyboard.press(now.verdict === "CORRECT" ? "n" : "y");
      await lane.page.getByLabel(/^Why does it count as/).fill("for a reason");
      continue;
    }
    await hooks.submit?.();
    hooks.submit = undefined;
    pressed = kept(lane, reference, now.main?.startsWith("Submit") ? now.verdict : null);
    if (now.main?.startsWith("Keep")) lane.keptBlind.add(reference);
    await press(lane, manner.presses);
    await until(
      lane.page,
      (later) => later.reference !== reference || later.signedOut || later.main !== now.main,
      3_000,
    );
  }
  if (pressed) lane.said.push(pressed);
  return true;
}

function kept(lane: Lane, reference: string, verdict: Said["verdict"]): Said {
  return {
    reference,
    outcome: "ANSWERED",
    answer: lane.answers.get(reference) ?? null,
    verdict,
    certain: true,
  };
}

/** Somewhere in the middle of a decision. */
export async function amid(lane: Lane, manner: Manner, happening: () => Promise<unknown>): Promise<void> {
  const at = lane.random() < 0.5 ? "beforeReveal" : "beforeSubmit";
  await decide(lane, { ...manner, [at]: happening });
}

async function press(lane: Lane, how: Manner["presses"]): Promise<void> {
  const { keyboard } = lane.page;
  if (how === "once") return keyboard.press("Enter");
  if (how === "twice") return void (await Promise.all([keyboard.press("Enter"), keyboard.press("Enter")]));
  for (let times = 0; times < 4; times += 1) await keyboard.down("Enter");
  await keyboard.up("Enter");
}

/** An answer that was kept and comes back is no longer said to be saved. */
function forgetKeptAnswer(lane: Lane, reference: string, seen: Seen): void {
  if (!lane.keptBlind.delete(reference) || seen.takenBack) return;
  const at = lane.said.findLastIndex((each) => each.reference === reference && each.outcome === "ANSWERED");
  if (at >= 0) lane.said.splice(at, 1);
}

/** Hands the item on, or says that it cannot be judged. */
export async function giveReason(lane: Lane, outcome: "SKIPPED" | "CANNOT_JUDGE"): Promise<void> {
  const { seen } = await ready(lane);
  const { reference } = seen;
  if (reference === null) return;
  forgetKeptAnswer(lane, reference, seen);
  // By the pointer: a key would be typed where the focus is in a text.
  await lane.page.getByRole("button", { name: outcome === "SKIPPED" ? /^Skip/ : /^Cannot judge/ }).click();
  await lane.page.getByRole("dialog").getByRole("button").nth(1).waitFor({ timeout: 10_000 });
  await lane.page.keyboard.press("1");
  const { met } = await until(lane.page, (later) => later.reference !== reference);
  if (!met) lane.problems.push(`${reference} stayed after ${outcome}`);
  lane.said.push({ reference, outcome, answer: null, verdict: null, certain: true });
}

/** Takes the last decision back, and notes of which item the screen says so. */
export async function undo(lane: Lane): Promise<void> {
  await ready(lane);
  lane.doing = "undo";
  const before = await until(lane.page, (seen) => seen.allSaved, 10_000);
  if (!before.met || before.seen.reference === null || lane.said.length === 0) return;
  await lane.page.getByRole("button", { name: /^Undo/ }).click();
  const { seen, met } = await until(
    lane.page,
    (now) => now.reference !== before.seen.reference || now.said.startsWith("Taken back. Somebody"),
    10_000,
  );
  const last = lane.said.findLast((each) => each.outcome !== "UNDONE");
  const reference = seen.said.startsWith("Taken back. Somebody") ? last?.reference : seen.reference;
  if (!met || !reference) return;
  lane.said.push({ reference, outcome: "UNDONE", answer: null, verdict: null, certain: true });
}

/** Signs in again, or goes on in this tab, when the screen asks for it; then waits for an item. */
export async function ready(lane: Lane): Promise<{ seen: Seen; met: boolean }> {
  for (let tries = 0; ; tries += 1) {
    const result = await until(
      lane.page,
      (seen) => seen.reference !== null || seen.signedOut || seen.elsewhere,
    );
    if (tries === 5 || !(result.seen.signedOut || result.seen.elsewhere)) return result;
    if (result.seen.signedOut) await signInOnPage(lane);
    else await lane.page.getByRole("button", { name: "Go on here" }).click();
    await until(lane.page, (seen) => !seen.signedOut && !seen.elsewhere, 8_000);
  }
}

async function signInOnPage(lane: Lane): Promise<void> {
  // Closed, for example by a key that was still held down.
  const again = lane.page.getByRole("button", { name: "Sign in again" });
  if (await again.isVisible()) await again.click();
  const dialog = lane.page.getByRole("dialog", { name: "You were signed out" });
  const soon = { timeout: 15_000 };
  await dialog.getByLabel("E-mail").fill(lane.queue.reviewers[0]?.email ?? "", soon);
  await dialog.getByLabel("Password").fill(PASSWORD, soon);
  await dialog.getByRole("button", { name: "Sign in", exact: true }).click(soon);
}

/** Waits until the screen says that all is saved, with nothing begun on it, and collects what it says was not. */
export async function comeToRest(lane: Lane): Promise<void> {
  // Answers that were given without connection may have come back behind the item on the screen.
  let behind = lane.keptBlind.size > 0;
  for (let begun = 0; begun < 8; begun += 1) {
    lane.doing = "coming to rest";
    const seen = await untilSaved(lane);
    const touched = seen.reference !== null && (seen.chosen !== null || !seen.main?.startsWith("Show"));
    if (!touched && !behind) break;
    if (!touched) behind = false;
    // What came back, what was taken back and what was begun is decided, so that nothing is in between.
    await decide(lane, PLAINLY);
  }
  lane.keptBlind.clear();
  const { seen } = await until(lane.page, (now) => now.allSaved, 1_000);
  lane.notSaved.push(...seen.notSaved);
  for (let left = seen.notSaved.length; left > 0; left -= 1)
    await lane.page.getByRole("button", { name: "Understood" }).first().click();
}

async function untilSaved(lane: Lane): Promise<Seen> {
  const end = Date.now() + 90_000;
  for (;;) {
    const { seen, met } = await until(
      lane.page,
      (now) => (now.allSaved && now.reference !== null) || now.signedOut || now.elsewhere,
      5_000,
    );
    if (seen.signedOut || seen.elsewhere) await ready(lane);
    else if (met) return seen;
    if (Date.now() > end) {
      lane.problems.push(`not at rest: ${seen.text.slice(0, 1_500).replaceAll("\n", " / ")}`);
      return seen;
    }
  }
}

/** What the comparison finds for everything since the last one. */
export async function compare(lane: Lane): Promise<string[]> {
  const rows = await lane.servers.db.$queryRaw<(StoredRow & { id: string })[]>`
    SELECT review.id, output.external_id AS reference, review.outcome::text, review.answer ->> 'label' AS answer, review.verdict::text
    FROM review JOIN output ON output.project_id = review.project_id AND output.id = review.output_id
    WHERE review.project_id = ${lane.queue.project.id}::uuid AND review.reviewer_id = ${lane.queue.reviewers[0]?.id}::uuid
    ORDER BY review.revision`;
  const fresh = rows.filter((row) => !lane.checkedRows.has(row.id));
  for (const row of fresh) lane.checkedRows.add(row.id);
  const found = [...differences(lane.said, lane.notSaved, fresh), ...lane.problems];
  lane.said = [];
  lane.notSaved = [];
  lane.problems = [];
  return found;
}
