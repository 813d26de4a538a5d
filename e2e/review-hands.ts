import { expect, type Locator, type Page } from "@playwright/test";
import { untilIdle } from "./open-page";
import { KINDS, type Kind, TEXTS } from "./project";

/** What a reviewer does with an item, by keys or by touch. */
export interface Hands {
  choose(kind: Kind): Promise<void>;
  reveal(): Promise<void>;
  submit(): Promise<void>;
  undo(): Promise<void>;
  /** With the first of the offered reasons. */
  skip(): Promise<void>;
  overrule(verdict: "right" | "wrong", reason: string): Promise<void>;
  press(button: string): Promise<void>;
}

/** Keys only; not even a focus is set from outside. Nobody presses one before what the last one did has been drawn. */
export function keyboardHands(page: Page): Hands {
  const key = async (name: string) => {
    await untilIdle(page);
    await page.keyboard.press(name);
  };
  return {
    choose: (kind) => key(String(KINDS.indexOf(kind) + 1)),
    reveal: () => key("Enter"),
    submit: () => key("Enter"),
    undo: () => key("z"),
    async skip() {
      await key("s");
      await expect(page.getByRole("dialog", { name: "Skip this item" })).toBeVisible();
      await key("1");
    },
    async overrule(verdict, reason) {
      await key(verdict === "right" ? "y" : "n");
      await expect(page.getByLabel(`Why does it count as ${verdict}?`)).toBeFocused();
      await page.keyboard.type(reason);
    },
    async press(button) {
      await tabTo(page, page.getByRole("button", { name: button }));
      await key("Enter");
    },
  };
}

export function touchHands(page: Page): Hands {
  const tap = (name: string | RegExp) => page.getByRole("button", { name }).tap();
  return {
    choose: (kind) => page.getByRole("form", { name: "Your answer" }).getByText(kind, { exact: true }).tap(),
    reveal: () => tap("Show the output"),
    submit: () => tap("Submit and next"),
    undo: () => tap("Undo"),
    async skip() {
      await tap("Skip");
      await page
        .getByRole("dialog", { name: "Skip this item" })
        .getByRole("button", { name: "I am not sure enough" })
        .tap();
    },
    async overrule(verdict, reason) {
      await tap(`The output is ${verdict}`);
      await page.getByLabel(`Why does it count as ${verdict}?`).fill(reason);
    },
    press: (button) => tap(button),
  };
}

/** Tab until the element has the focus. */
export async function tabTo(page: Page, target: Locator, most = 60): Promise<void> {
  for (let count = 0; count < most; count += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`${most} presses of Tab did not reach ${String(target)}`);
}

/** The sender's number of the item on the screen, once it is there and listens. */
export async function shownItem(page: Page, not?: string): Promise<string> {
  const heading = page.getByRole("heading", { name: /^Input of item / });
  await expect(heading).toHaveText(not ? new RegExp(`^Input of item (?!${not}$)`) : /^Input of item /);
  await untilIdle(page);
  return ((await heading.textContent()) ?? "").replace("Input of item ", "");
}

/** The right answer, read off the screen. */
export async function readLetter(page: Page): Promise<Kind> {
  const main = page.getByRole("main");
  for (const kind of KINDS) if (await main.getByText(TEXTS[kind]).isVisible()) return kind;
  throw new Error("The screen shows none of the known letters.");
}
