import type { BrowserContext, Page } from "@playwright/test";
import type { PageVitals } from "./page-score";

export interface PageLoad extends PageVitals {
  longestMs: number;
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

/** Opens an address in a fresh tab, waits until it is quiet, and says what that cost the main thread. */
export async function blockedOnLoad(
  context: BrowserContext,
  address: string,
  line?: Line,
): Promise<PageLoad> {
  const page = await context.newPage();
  try {
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
    await page.goto(address);
    // A page that asks again and again is never quiet: it has had its time then.
    await page.waitForLoadState("networkidle", { timeout: QUIET_MS }).catch(() => undefined);
    await page.waitForTimeout(500);
    const seen = (await page.evaluate("globalThis.assaySeen")) as Seen;
    return {
      firstPaintMs: seen.firstPaintMs,
      paintMs: seen.paintMs,
      longestMs: Math.max(0, ...seen.tasks),
      blockedMs: seen.tasks.reduce((sum, task) => sum + Math.max(0, task - 50), 0),
      shift: seen.shift,
      scriptBytes: seen.scriptBytes,
    };
  } finally {
    await page.close();
  }
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
