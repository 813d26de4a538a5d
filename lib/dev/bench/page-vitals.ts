import { loadavg } from "node:os";
import type { Browser, BrowserContext } from "@playwright/test";
import { openBrowser } from "@/lib/dev/open-browser";
import { makeWorld, OWNER, type World } from "@/lib/dev/screens/make-world";
import { shotAddress } from "@/lib/dev/screens/shot-address";
import { type Shot, SHOTS } from "@/lib/dev/screens/shots";
import { startProduct } from "@/lib/testing/running-product";
import { blockedOnLoad, type Line, type PageLoad } from "./page-load";
import { pageScore } from "./page-score";
import type { BenchSection } from "./section";

const AIM = 95;
const AIM_BLOCKED_MS = 300;
const LOADS = 3;
/** Lighthouse's line for desktop. */
const LINE: Line = { roundTripMs: 40, bitsPerSecond: 10_240 * 1_024 };

interface Measured {
  page: string;
  score: number;
  /** The middle one of each figure. */
  load: PageLoad;
}

/** Every page once, with the demo project's data, as a first visit over a common line: Lighthouse's score of performance. */
export async function benchPageVitals(): Promise<BenchSection> {
  const product = await startProduct({
    ASSAY_DEMO: "on",
    ASSAY_WORKER: "on",
    ASSAY_ADMIN_EMAIL: OWNER.email,
    ASSAY_ADMIN_PASSWORD: OWNER.password,
    LOG_LEVEL: "error",
  });
  const browser = await openBrowser();
  try {
    const world = await makeWorld(browser, product.origin, OWNER);
    const load = loadavg()[0] ?? 0;
    const measured: Measured[] = [];
    for (const shot of onePerPage(SHOTS)) measured.push(await measure(browser, product.origin, world, shot));
    return section(measured, load);
  } finally {
    await browser.close();
    await product.stop();
  }
}

/** The first picture of each page that answers by itself is the page as people see it. */
function onePerPage(shots: readonly Shot[]): Shot[] {
  const usual = shots.filter(({ act, status, isRefused, away }) => !act && !status && !isRefused && !away);
  return usual.filter(({ page }, at) => usual.findIndex((other) => other.page === page) === at);
}

async function measure(browser: Browser, baseURL: string, world: World, shot: Shot): Promise<Measured> {
  const visit = () =>
    browser.newContext({
      baseURL,
      viewport: { width: 1350, height: 940 },
      ...(shot.in === "stranger" ? {} : { storageState: world.state }),
    });
  const first = await visit();
  const address = await shotAddress(await first.newPage(), world, shot);
  if (!address) throw new Error(`There is no link to ${shot.page}.`);
  // The server's first answer of a page is slower than all later ones.
  await first.request.get(address);
  await first.close();
  const loads: PageLoad[] = [];
  for (let at = 0; at < LOADS; at += 1) {
    // A cache of its own for each visit: empty.
    const context = await visit();
    loads.push(await visitOrAgain(context, address));
    await context.close();
  }
  const load = middleOf(loads);
  const score = pageScore(load);
  process.stdout.write(`${score >= AIM ? "✓" : "✗"} ${shot.page} ${score}\n`);
  return { page: shot.page, score, load };
}

/** A visit that never ends is told of and made once more; a second one ends the benchmark. */
async function visitOrAgain(context: BrowserContext, address: string): Promise<PageLoad> {
  try {
    return await blockedOnLoad(context, address, LINE);
  } catch (error) {
    process.stdout.write(`✗ ${address}: ${error instanceof Error ? error.message : String(error)}\n`);
    return blockedOnLoad(context, address, LINE);
  }
}

function middleOf(loads: readonly PageLoad[]): PageLoad {
  const middle = (of: (load: PageLoad) => number) =>
    loads.map(of).sort((a, b) => a - b)[Math.floor(loads.length / 2)] ?? Number.NaN;
  return {
    firstPaintMs: middle((load) => load.firstPaintMs),
    paintMs: middle((load) => load.paintMs),
    blockedMs: middle((load) => load.blockedMs),
    blockedByClockMs: middle((load) => load.blockedByClockMs),
    longestMs: middle((load) => load.longestMs),
    shift: middle((load) => load.shift),
    scriptBytes: middle((load) => load.scriptBytes),
  };
}

function section(measured: readonly Measured[], machineLoad: number): BenchSection {
  const worst = Math.min(...measured.map(({ score }) => score));
  const blocked = measured.find(({ page }) => page === "/[project]/accuracy")?.load.blockedMs ?? Number.NaN;
  return {
    title: "Pages: a first visit",
    note:
      `Chromium with an empty cache over Lighthouse's line for desktop (${LINE.roundTripMs} ms, 10 Mbit/s), the built product with the demo project, every page once, median of ${LOADS} visits. ` +
      "Score: Lighthouse's curves and weights for desktop without its speed index (lib/dev/bench/page-score.ts). Blocked counts the main thread's own time from the first moment; Lighthouse counts by the clock, from the first paint. " +
      `Aims: a score of at least ${AIM} on every page (worst here: ${worst}), less than ${AIM_BLOCKED_MS} ms blocked on the accuracy page (here: ${blocked.toFixed(0)} ms). ` +
      `Server, database and browser share the machine; its load before: ${machineLoad.toFixed(1)}.`,
    columns: [
      "page",
      "score",
      "first paint",
      "largest paint",
      "blocked",
      "by the clock",
      "longest task",
      "shift",
      "JavaScript",
    ],
    rows: measured.map(({ page, score, load }) => [
      page,
      String(score),
      `${load.firstPaintMs.toFixed(0)} ms`,
      `${load.paintMs.toFixed(0)} ms`,
      `${load.blockedMs.toFixed(0)} ms`,
      `${load.blockedByClockMs.toFixed(0)} ms`,
      `${load.longestMs.toFixed(0)} ms`,
      load.shift.toFixed(3),
      `${(load.scriptBytes / 1000).toFixed(0)} KB`,
    ]),
    missed: [
      ...measured.filter(({ score }) => score < AIM).map(({ page, score }) => `${page} scores ${score}`),
      ...(blocked < AIM_BLOCKED_MS ? [] : [`the accuracy page is blocked for ${blocked.toFixed(0)} ms`]),
    ],
  };
}
