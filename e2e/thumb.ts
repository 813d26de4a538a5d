import type { Locator, Page } from "@playwright/test";

/** One finger on the glass. The browser gets touches, not events: it scrolls, pans and cancels as on a phone. */
export interface Thumb {
  /** Across the middle of what is seen of it, or up from its foot. Slow is a second and more. */
  swipe(over: Locator, way: "left" | "right" | "up", options?: { slow?: boolean }): Promise<void>;
  /** With a second finger: away from each other, or together. */
  spread(on: Locator): Promise<void>;
  pinch(on: Locator): Promise<void>;
}

const PIXELS = 170;
const WAYS = { left: { x: -PIXELS, y: 4 }, right: { x: PIXELS, y: 4 }, up: { x: 3, y: -PIXELS } };

export async function thumbOn(page: Page): Promise<Thumb> {
  const browser = await page.context().newCDPSession(page);
  const touch = (
    type: "touchStart" | "touchMove" | "touchEnd",
    points: readonly { x: number; y: number }[],
  ) =>
    browser.send("Input.dispatchTouchEvent", {
      type,
      touchPoints: points.map(({ x, y }, id) => ({ x, y, id })),
    });
  const twoFingers = async (on: Locator, apart: (part: number) => number) => {
    const { x, top, foot } = await seenPlace(on);
    const y = (top + foot) / 2;
    for (const [at, part] of PARTS.entries()) {
      await touch(at === 0 ? "touchStart" : "touchMove", [
        { x: x - apart(part), y },
        { x: x + apart(part), y },
      ]);
      await page.waitForTimeout(16);
    }
    await touch("touchEnd", []);
  };
  return {
    async swipe(over, way, { slow = false } = {}) {
      const { x: dx, y: dy } = WAYS[way];
      const { x, top, foot } = await seenPlace(over);
      const from = { x: x - dx / 2, y: way === "up" ? foot - 8 : (top + foot) / 2 };
      await touch("touchStart", [from]);
      for (const part of PARTS) {
        await touch("touchMove", [{ x: from.x + dx * part, y: from.y + dy * part }]);
        await page.waitForTimeout(slow ? 110 : 16);
      }
      await touch("touchEnd", []);
    },
    spread: (on) => twoFingers(on, (part) => 20 + 60 * part),
    pinch: (on) => twoFingers(on, (part) => 90 - 80 * part),
  };
}

const PARTS = Array.from({ length: 10 }, (_, at) => (at + 1) / 10);

/** Where a finger meets it: bars at the top and at the foot may lie over parts of it. */
async function seenPlace(of: Locator): Promise<{ x: number; top: number; foot: number }> {
  await of.scrollIntoViewIfNeeded();
  const found = await of.evaluate((element) => {
    const box = element.getBoundingClientRect();
    const x = box.x + box.width / 2;
    const rows = Array.from({ length: Math.ceil(box.height / 4) }, (_, at) => box.y + 2 + at * 4);
    const isSeen = (y: number) => element.contains(document.elementFromPoint(x, y));
    const top = rows.find(isSeen);
    const below = rows.filter((y) => top !== undefined && y > top);
    return { x, top, foot: (below.find((y) => !isSeen(y)) ?? box.bottom) - 4 };
  });
  if (found.top === undefined) throw new Error(`${String(of)} is covered.`);
  return { ...found, top: found.top };
}
