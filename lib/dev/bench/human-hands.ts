import type { Page } from "@playwright/test";
import { shownAfterKey, waitForItem } from "./shown-after-key";
import { itemWords, TEN_FIELDS, tenAnswers } from "./review-items";

/** Rates of a practised person. */
export const HUMAN = { wordsPerMinute: 240, decideMs: 1_200, keyMs: 250, lookMs: 1_500 };

/** Reviews a number of items at a person's pace, by keys only; in real time. */
export async function reviewByHand(
  page: Page,
  form: "binary" | "ten fields",
  items: number,
): Promise<{ items: number; seconds: number }> {
  const started = performance.now();
  for (let done = 0; done < items; done += 1) {
    const name = await waitForItem(page);
    await page.waitForTimeout((itemWords(form) / HUMAN.wordsPerMinute) * 60_000);
    if (form === "binary") {
      await page.waitForTimeout(HUMAN.decideMs);
      await page.keyboard.press("1");
      await page.waitForTimeout(HUMAN.keyMs);
    } else await fillTen(page, name);
    await shownAfterKey(page, "Enter", "verdict");
    await page.waitForTimeout(HUMAN.lookMs);
    await shownAfterKey(page, "Enter", "item");
  }
  return { items, seconds: (performance.now() - started) / 1_000 };
}

/** Every question by its own keys: a digit for a choice, letters for a text, Enter to the next one. */
async function fillTen(page: Page, name: string): Promise<void> {
  const answers = tenAnswers(Number(name.replace(/\D/g, "")));
  for (const [at, field] of TEN_FIELDS.fields.entries()) {
    await page.waitForTimeout(HUMAN.decideMs);
    const isChoice = field.type === "category" || field.type === "boolean";
    if (isChoice) await page.keyboard.press("1");
    else {
      // From the heading, or from a choice, the first key goes into the question.
      if (at === 0) await page.keyboard.press("Enter");
      await page.keyboard.type(String(answers[field.key] ?? ""), { delay: HUMAN.keyMs });
      await page.waitForTimeout(HUMAN.keyMs);
      if (at < TEN_FIELDS.fields.length - 1) await page.keyboard.press("Enter");
    }
  }
  await page.waitForTimeout(HUMAN.keyMs);
}
