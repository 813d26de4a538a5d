import { loadavg } from "node:os";
import type { Browser, Page } from "@playwright/test";
import { openBrowser } from "@/lib/dev/open-browser";
import { enterSubmits } from "@/lib/testing/enter-submits";
import { makeReviewQueue, type QueueItem } from "@/lib/testing/make-review-queue";
import { type RunningProduct, startProduct } from "@/lib/testing/running-product";
import type { AnswerDefinition } from "@/lib/review/schema";
import { HUMAN, reviewByHand } from "./human-hands";
import { longItems, RIGHT_OR_WRONG, shortItem, TEN_FIELDS, tenFieldItem } from "./review-items";
import type { BenchSection } from "./section";
import { shownAfterKey, waitForItem } from "./shown-after-key";

const QUEUE = 2_000;
const NEXT_ITEMS = 100;
/** Nobody may submit more than 60 a minute. */
const LIMIT_PAUSE_MS = 500;
const PERSON = { email: "bench@example.com", password: "bench-reviewer-password" };

/** The screen in Chromium against the built product: how soon the next item is there, and how much a person gets done. */
export async function benchReviewScreen(): Promise<BenchSection[]> {
  const product = await startProduct({
    ASSAY_ADMIN_EMAIL: PERSON.email,
    ASSAY_ADMIN_PASSWORD: PERSON.password,
    LOG_LEVEL: "error",
  });
  const browser = await openBrowser();
  try {
    const load = loadavg()[0] ?? 0;
    const bench = { product, browser };
    const short = Array.from({ length: QUEUE }, (_, at) => shortItem(at));
    const ahead = await onQueue(bench, RIGHT_OR_WRONG, short, (page) => nextItems(page, NEXT_ITEMS));
    note("next item, fetched ahead", ahead.next);
    note("key echo", ahead.echo);
    const asked = await onQueue(bench, RIGHT_OR_WRONG, short, (page) => withoutPrefetch(page));
    note("next item, not fetched ahead", asked.next);
    const long = await onQueue(bench, RIGHT_OR_WRONG, longItems(), (page) => longInputs(page));
    for (const each of long) note(each.name, [each.ms]);
    const binary = await onQueue(bench, RIGHT_OR_WRONG, short, (page) => reviewByHand(page, "binary", 6));
    const fields = Array.from({ length: 20 }, (_, at) => tenFieldItem(at));
    const ten = await onQueue(bench, TEN_FIELDS, fields, (page) => reviewByHand(page, "ten fields", 2));
    return [speedSection({ ahead, asked, long, load }), paceSection({ binary, ten })];
  } finally {
    await browser.close();
    await product.stop();
  }
}

interface Bench {
  product: RunningProduct;
  browser: Browser;
}

/** A queue of its own, opened by a person who has just signed in. */
async function onQueue<T>(
  { product, browser }: Bench,
  definition: AnswerDefinition,
  items: readonly QueueItem[],
  work: (page: Page) => Promise<T>,
): Promise<T> {
  const { project } = await makeReviewQueue(product.db, { items, definition });
  const person = await product.db.user.findUniqueOrThrow({ where: { email: PERSON.email } });
  await product.db.membership.create({
    data: { projectId: project.id, userId: person.id, role: "REVIEWER" },
  });
  const context = await browser.newContext({
    baseURL: product.origin,
    viewport: { width: 1440, height: 900 },
    locale: "en-GB",
  });
  try {
    await enterSubmits(context, [person]);
    const page = await context.newPage();
    await page.goto("/sign-in", { waitUntil: "networkidle" });
    await page.getByLabel("E-mail").fill(PERSON.email);
    await page.getByLabel("Password").fill(PERSON.password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.waitForURL((url) => url.pathname !== "/sign-in");
    await page.goto(`/${project.slug}/review`, { waitUntil: "networkidle" });
    await waitForItem(page);
    return await work(page);
  } finally {
    await context.close();
  }
}

interface Speed {
  next: number[];
  echo: number[];
}

/** Chooses, shows the output, submits, as quickly as a person may. */
async function nextItems(page: Page, count: number): Promise<Speed> {
  const speed: Speed = { next: [], echo: [] };
  for (let done = 0; done < count; done += 1) {
    speed.echo.push(await shownAfterKey(page, "1", "answer"));
    await page.waitForTimeout(HUMAN.keyMs);
    await shownAfterKey(page, "Enter", "verdict");
    await page.waitForTimeout(HUMAN.keyMs);
    speed.next.push(await shownAfterKey(page, "Enter", "item"));
    await page.waitForTimeout(HUMAN.keyMs + LIMIT_PAUSE_MS);
  }
  return speed;
}

/** Every request for an item ahead is told that there is none, so that the next one is asked for when it is needed. */
async function withoutPrefetch(page: Page): Promise<Speed> {
  const empty = { reason: "all_held", free_at: null, held_by_me: 0 };
  const counts = { done_today: 0, left: QUEUE, left_is_at_least: false, deferred: 0 };
  const queue = { ...counts, forecast: null, forecast_after: 5, empty };
  await page.route("**/reviews/claim", (route) =>
    (route.request().postDataJSON() as { prefetch?: boolean }).prefetch
      ? route.fulfill({ json: { item: null, queue } })
      : route.continue(),
  );
  // What was fetched ahead before is used up first.
  await nextItems(page, 4);
  return nextItems(page, NEXT_ITEMS / 2);
}

async function longInputs(page: Page): Promise<{ name: string; ms: number }[]> {
  const shown: { name: string; ms: number }[] = [];
  for (let at = 0; at < longItems().length - 1; at += 1) {
    await shownAfterKey(page, "1", "answer");
    await shownAfterKey(page, "Enter", "verdict");
    await page.waitForTimeout(500);
    const ms = await shownAfterKey(page, "Enter", "item");
    shown.push({ name: await waitForItem(page), ms });
  }
  return shown;
}

const p95 = (times: readonly number[]) =>
  [...times].sort((a, b) => a - b)[Math.ceil(times.length * 0.95) - 1] ?? Number.NaN;
const median = (times: readonly number[]) =>
  [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
const ms = (value: number) => `${value.toFixed(0)} ms`;

/** The run takes minutes: each figure is told when it is there. */
function note(what: string, times: readonly number[]): void {
  process.stdout.write(`${what}: median ${ms(median(times))}, p95 ${ms(p95(times))}\n`);
}

function speedSection(found: {
  ahead: Speed;
  asked: Speed;
  long: { name: string; ms: number }[];
  load: number;
}): BenchSection {
  const line = (name: string, times: readonly number[], aim: number) => [
    name,
    ms(median(times)),
    ms(p95(times)),
    `< ${aim} ms`,
    p95(times) < aim ? "held" : "missed",
  ];
  const { ahead, asked, long, load } = found;
  return {
    title: "Review: the screen",
    note:
      `Chromium on the built product with its database, a queue of ${QUEUE.toLocaleString("en-GB")} items; from the press of a key until the change is painted. ` +
      `Keys ${HUMAN.keyMs} ms apart. Load of the machine before: ${load.toFixed(1)}.`,
    columns: ["what", "median", "p95", "aim", ""],
    rows: [
      line(`next item, fetched ahead (${ahead.next.length})`, ahead.next, 100),
      line(`next item, not fetched ahead (${asked.next.length})`, asked.next, 400),
      line(
        `an answer under its key (${ahead.echo.length + asked.echo.length})`,
        [...ahead.echo, ...asked.echo],
        50,
      ),
      ...long.map(({ name, ms: time }) => line(`input of 500 KB: ${name}`, [time], 200)),
    ],
  };
}

function paceSection({
  binary,
  ten,
}: Record<"binary" | "ten", { items: number; seconds: number }>): BenchSection {
  const line = (name: string, { items, seconds }: { items: number; seconds: number }, aim: number) => {
    const perHour = (items / seconds) * 3_600;
    return [name, String(items), perHour.toFixed(0), `≥ ${aim}`, perHour >= aim ? "held" : "missed"];
  };
  return {
    title: "Review: a person's pace",
    note:
      `A script with the rates of a person: reads ${HUMAN.wordsPerMinute} words a minute, decides in ${HUMAN.decideMs} ms a question, ` +
      `${HUMAN.keyMs} ms between keys, looks ${HUMAN.lookMs} ms at a verdict. In real time; the next item is read from when it is painted.`,
    columns: ["what", "items", "items an hour", "aim", ""],
    rows: [line("one question, yes or no", binary, 150), line("ten questions", ten, 40)],
  };
}
