import type { BrowserContext } from "@playwright/test";

export interface PageLoad {
  /** Largest contentful paint. */
  paintMs: number;
  longestMs: number;
  /** What tasks of the main thread take beyond 50 ms each. */
  blockedMs: number;
  /** Cumulative layout shift. */
  shift: number;
}

interface Seen {
  paintMs: number;
  tasks: number[];
  shift: number;
}

/** Opens an address in a fresh tab, waits until it is quiet, and says what that cost the main thread. */
export async function blockedOnLoad(context: BrowserContext, address: string): Promise<PageLoad> {
  const page = await context.newPage();
  try {
    await page.addInitScript(`
      globalThis.assaySeen = { paintMs: 0, tasks: [], shift: 0 };
      const watch = (type, note) => new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true });
      watch("largest-contentful-paint", (entry) => { assaySeen.paintMs = entry.startTime; });
      watch("longtask", (entry) => { assaySeen.tasks.push(entry.duration); });
      watch("layout-shift", (entry) => { if (!entry.hadRecentInput) assaySeen.shift += entry.value; });
    `);
    await page.goto(address, { waitUntil: "networkidle" });
    await page.waitForTimeout(500);
    const seen = (await page.evaluate("globalThis.assaySeen")) as Seen;
    return {
      paintMs: seen.paintMs,
      longestMs: Math.max(0, ...seen.tasks),
      blockedMs: seen.tasks.reduce((sum, task) => sum + Math.max(0, task - 50), 0),
      shift: seen.shift,
    };
  } finally {
    await page.close();
  }
}
