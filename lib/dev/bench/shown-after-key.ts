import type { Page } from "@playwright/test";

/** The sender's number of the item on the screen, once there is one. */
export async function waitForItem(page: Page): Promise<string> {
  const heading = page.getByRole("heading", { name: /^Input of item / });
  await heading.waitFor({ timeout: 30_000 });
  return ((await heading.textContent()) ?? "").replace("Input of item ", "");
}

declare global {
  interface Window {
    assayWait: typeof waitForChange;
  }
}

type Change = "answer" | "verdict" | "item";

/** Presses a key; milliseconds from its event in the page until what it causes is painted. */
export async function shownAfterKey(page: Page, key: string, change: Change): Promise<number> {
  // The compiler keeps names of functions by a helper that the page does not have.
  await page.evaluate(
    `globalThis.__name ??= (named) => named; window.assayWait ??= ${waitForChange.toString()}`,
  );
  // Listening first: the key may otherwise be there before.
  const measured = await page.evaluateHandle((wanted) => ({ time: window.assayWait(wanted) }), change);
  await page.keyboard.press(key);
  return measured.evaluate(({ time }) => time);
}

/** Runs in the page. */
function waitForChange(change: "answer" | "verdict" | "item"): Promise<number> {
  const headline = () =>
    [...document.querySelectorAll("h2")].find((each) => each.textContent?.startsWith("Input of item"))
      ?.textContent;
  const before = headline();
  const isThere: Record<typeof change, () => boolean> = {
    answer: () => document.querySelector("form input:checked") !== null,
    verdict: () => /The output counts as/.test(document.body.textContent ?? ""),
    item: () => headline() !== undefined && headline() !== before,
  };
  return new Promise((resolve) => {
    document.addEventListener(
      "keydown",
      (event) => {
        // The event's own time: a busy page hears of a key late.
        const pressed = event.timeStamp;
        const look = () => {
          if (!isThere[change]()) return void requestAnimationFrame(look);
          // A message after the frame comes when that frame has been painted.
          const { port1, port2 } = new MessageChannel();
          port1.addEventListener("message", () => resolve(performance.now() - pressed));
          port1.start();
          requestAnimationFrame(() => port2.postMessage(null));
        };
        requestAnimationFrame(look);
      },
      { once: true, capture: true },
    );
  });
}
