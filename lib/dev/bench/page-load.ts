import type { BrowserContext, Page } from "@playwright/test";
import type { PageVitals } from "./page-score";

export interface PageLoad extends PageVitals {
  longestMs: number;
  /** The same as `blockedMs` by the clock, in which the thread also waits for its turn on a busy machine. */
  blockedByClockMs: number;
  /** JavaScript as it was sent. */
  scriptBytes: number;
}

const QUIET_MS = 10_000;

interface Seen {
  firstPaintMs: number;
  paintMs: number;
  tasks: number[];
  shift: number;
  scriptBytes: number;
}

/** Opens an address in a fresh tab, waits until it is quiet, and says what that cost the main thread, in its own time. */
export async function blockedOnLoad(
  context: BrowserContext,
  address: string,
  line?: Line,
): Promise<PageLoad> {
  const browser = context.browser();
  if (!browser) throw new Error("The context belongs to no browser that can be traced.");
  const page = await context.newPage();
  try {
    await browser.startTracing(page, { categories: ["disabled-by-default-devtools.timeline"] });
    if (line) await slowDown(page, line);
    await page.addInitScript(`
      globalThis.assaySeen = { firstPaintMs: 0, paintMs: 0, tasks: [], shift: 0, scriptBytes: 0 };
      const watch = (type, note) => new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true });
      watch("largest-contentful-paint", (entry) => { assaySeen.paintMs = entry.startTime; });
      watch("paint", (entry) => { if (entry.name === "first-contentful-paint") assaySeen.firstPaintMs = entry.startTime; });
      watch("resource", (entry) => { if (entry.name.endsWith(".js")) assaySeen.scriptBytes += entry.encodedBodySize; });
      watch("longtask", (entry) => { assaySeen.tasks.push(entry.duration); });
      watch("layout-shift", (entry) => { if (!entry.hadRecentInput) assaySeen.shift += entry.value; });
    `);
    const pending = watchPending(page);
    await page.goto(address).catch((error: Error) => {
      throw new Error(`${error.message}\nStill waiting for: ${[...pending].join(" ") || "nothing"}`);
    });
    // A page that asks again and again is never quiet: it has had its time then.
    await page.waitForLoadState("networkidle", { timeout: QUIET_MS }).catch(() => undefined);
    await page.waitForTimeout(500);
    const seen = (await page.evaluate("globalThis.assaySeen")) as Seen;
    const tasks = mainThreadTasks((await browser.stopTracing()).toString());
    return {
      firstPaintMs: seen.firstPaintMs,
      paintMs: seen.paintMs,
      longestMs: Math.max(0, ...tasks),
      blockedMs: beyond50(tasks),
      blockedByClockMs: beyond50(seen.tasks),
      shift: seen.shift,
      scriptBytes: seen.scriptBytes,
    };
  } catch (error) {
    await browser.stopTracing().catch(() => undefined);
    throw error;
  } finally {
    await page.close();
  }
}

/** Addresses that were asked for and have not been answered whole. */
function watchPending(page: Page): ReadonlySet<string> {
  const pending = new Set<string>();
  page.on("request", (request) => pending.add(request.url()));
  page.on("requestfinished", (request) => pending.delete(request.url()));
  page.on("requestfailed", (request) => pending.delete(request.url()));
  return pending;
}

function beyond50(tasks: readonly number[]): number {
  return tasks.reduce((sum, task) => sum + Math.max(0, task - 50), 0);
}

interface TraceEvent {
  name: string;
  pid: number;
  tid: number;
  args?: { name?: string };
  /** The thread's own time, in microseconds. */
  tdur?: number;
}

/** Milliseconds of each task of the page's main thread: of those that pages have, the one that worked most. */
function mainThreadTasks(trace: string): number[] {
  const { traceEvents } = JSON.parse(trace) as { traceEvents: TraceEvent[] };
  const threadOf = ({ pid, tid }: TraceEvent) => `${pid}/${tid}`;
  const tasks = new Map<string, number[]>();
  for (const event of traceEvents)
    if (event.name === "thread_name" && event.args?.name === "CrRendererMain") tasks.set(threadOf(event), []);
  for (const event of traceEvents)
    if (event.name === "RunTask") tasks.get(threadOf(event))?.push((event.tdur ?? 0) / 1000);
  const total = (each: readonly number[]) => each.reduce((sum, task) => sum + task, 0);
  const [busiest = []] = [...tasks.values()].sort((a, b) => total(b) - total(a));
  if (total(busiest) === 0) throw new Error("The trace has no task of a page.");
  return busiest;
}

export interface Line {
  roundTripMs: number;
  bitsPerSecond: number;
}

async function slowDown(page: Page, { roundTripMs, bitsPerSecond }: Line): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const bytesPerSecond = bitsPerSecond / 8;
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: roundTripMs,
    downloadThroughput: bytesPerSecond,
    uploadThroughput: bytesPerSecond,
  });
}
