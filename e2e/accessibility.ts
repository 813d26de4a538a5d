import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Base UI's sentinels at both ends of what has opened: they pass the focus on at once and never keep it. */
const FOCUS_GUARD = "[data-base-ui-focus-guard]";

const OF_MENUS = ["region", "scrollable-region-focusable"];

const COVERED = /because it is partially obscured/;

/** What axe finds, one line each: all its rules for WCAG 2.2 A and AA and for what it calls best practice. */
export async function findings(
  page: Page,
  { rules, least = "minor" }: { rules?: string[]; least?: "minor" | "serious" } = {},
): Promise<string[]> {
  // A page's name is streamed, and may come after what it stands for.
  await expect(page).toHaveTitle(/\S/);
  await page.evaluate(untilNothingFades);
  const axe = new AxeBuilder({ page }).exclude(FOCUS_GUARD);
  const { violations } = await (rules ? axe.withRules(rules) : axe.withTags(TAGS)).analyze();
  return violations
    .filter(({ impact }) => least === "minor" || impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) =>
      nodes
        // What the bar at the foot or a message covers is a matter of how far the page is scrolled; what is small in itself stays.
        .filter(({ failureSummary = "" }) => id !== "target-size" || !COVERED.test(failureSummary))
        // A menu hangs beside the parts of the page like a dialog, and its arrow keys scroll it; the two rules know that of others only.
        .filter(({ html }) => !OF_MENUS.includes(id) || !/^<[^>]* role="menu"/.test(html))
        .map(({ target, failureSummary }) => `${id} at ${target.join(" ")}: ${failureSummary}`),
    );
}

/**
 * Runs in the page. What comes or goes is pale for a moment: colours are read when it stands. All of it takes a fraction of a second; a
 * transition of what is not drawn may never end, and is not waited for.
 */
async function untilNothingFades(): Promise<void> {
  const fading = document.getAnimations().filter((each) => each instanceof CSSTransition);
  const long = new Promise((done) => setTimeout(done, 2_000));
  await Promise.race([long, Promise.allSettled(fading.map(({ finished }) => finished))]);
}

/** Nothing serious on the page as it is now: every rule in light, and what depends on colour again in dark. */
export async function expectAccessible(page: Page, name: string): Promise<void> {
  await page.emulateMedia({ colorScheme: "light" });
  expect(await findings(page, { least: "serious" }), `${name}, light`).toEqual([]);
  await expectSeenInDark(page, name);
}

/** Nothing at all, in light: for what has no colours but those that the page of the design language shows in both. */
export async function expectClean(page: Page, name: string): Promise<void> {
  await page.emulateMedia({ colorScheme: "light" });
  expect(await findings(page), `${name}, light`).toEqual([]);
}

export async function expectSeenInDark(page: Page, name: string): Promise<void> {
  await page.emulateMedia({ colorScheme: "dark" });
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  const rules = ["color-contrast", "link-in-text-block"];
  expect(await findings(page, { rules }), `${name}, dark`).toEqual([]);
  await page.emulateMedia({ colorScheme: "light" });
}

/** On a phone nothing sticks out to the side. */
export async function expectFits(page: Page, name: string): Promise<void> {
  const [content, window] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    document.documentElement.clientWidth,
  ]);
  expect(content, `${name} is wider than the window`).toBeLessThanOrEqual(window ?? 0);
}

/**
 * What the page shows has not jumped while it came: cumulative layout shift. The font of a slow machine comes after the text and moves
 * lines by up to 0.1; what is called poor begins at 0.25. The benchmark of first visits scores it finer.
 */
export async function expectStill(page: Page, name: string): Promise<void> {
  const shift = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let sum = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries() as (PerformanceEntry & { value: number })[])
            sum += entry.value;
        }).observe({ type: "layout-shift", buffered: true });
        // What was buffered comes in a task of its own.
        setTimeout(() => resolve(sum), 50);
      }),
  );
  expect(shift, `${name} jumps`).toBeLessThan(0.25);
}
