import type { Locator, Page } from "@playwright/test";

/**
 * How long a person takes, by the keystroke-level model (Card, Moran and Newell 1980) for somebody who types neither fast nor slowly,
 * and 240 words a minute for reading. Of a page's words at most 28 in 100 are read (Nielsen 2008, from 45,237 views); of a letter that
 * is to be judged, all. The time of the machine itself is measured beside it.
 */
const READ_SHARE = 0.28;
const SECONDS = { key: 0.28, point: 1.1, press: 0.2, home: 0.4, think: 1.35, word: 60 / 240 };

/** Hands that do everything on the page at once and add up what a person would have taken. */
export interface HumanPace {
  /** Looks through it, as people do. */
  skim(what: Locator): Promise<void>;
  type(where: Locator, text: string): Promise<void>;
  /** What is in the clipboard already. */
  paste(where: Locator, text: string): Promise<void>;
  press(what: Locator): Promise<void>;
  key(page: Page, name: string): Promise<void>;
  /** Something done elsewhere, a terminal for example. */
  elsewhere(seconds: number): void;
  seconds(): number;
}

export function humanPace(): HumanPace {
  let seconds = 0;
  const reach = SECONDS.think + SECONDS.point + SECONDS.press;
  return {
    async skim(what) {
      // Nobody reads a list of four hundred time zones, or code that is to be copied.
      const unread = await what.locator("select, pre").allInnerTexts();
      const count = (text: string) => text.split(/\s+/).filter((word) => word !== "").length;
      const words = count(await what.innerText()) - unread.reduce((sum, text) => sum + count(text), 0);
      seconds += SECONDS.think + READ_SHARE * words * SECONDS.word;
    },
    async type(where, text) {
      seconds += reach + SECONDS.home + text.length * SECONDS.key;
      await where.fill(text);
    },
    async paste(where, text) {
      seconds += reach + SECONDS.home + 2 * SECONDS.key;
      await where.fill(text);
    },
    async press(what) {
      seconds += reach;
      await what.click();
    },
    async key(page, name) {
      seconds += SECONDS.key;
      await page.keyboard.press(name);
    },
    elsewhere(more) {
      seconds += more;
    },
    seconds: () => seconds,
  };
}

/** Judging a short letter: reading it, thinking, a key for the answer, one to see, a look at the two, two to go on. */
export function secondsOfReview(text: string): number {
  return text.split(/\s+/).length * SECONDS.word + 2 * SECONDS.think + 4 * SECONDS.key;
}

/** Copying lines, going over to a terminal, pasting, running, and coming back. */
export const TERMINAL_SECONDS = 2 * (SECONDS.think + SECONDS.point + SECONDS.press) + 4 * SECONDS.key;
