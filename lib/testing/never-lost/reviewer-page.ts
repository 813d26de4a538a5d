import type { Page } from "@playwright/test";

/** What a person sees of the review screen. */
export interface Seen {
  /** The case on the screen; null when there is none. */
  reference: string | null;
  /** What the main button says. */
  main: string | null;
  chosen: string | null;
  verdict: "CORRECT" | "INCORRECT" | null;
  allSaved: boolean;
  said: string;
  signedOut: boolean;
  elsewhere: boolean;
  takenBack: boolean;
  cameBack: boolean;
  lost: boolean;
  /** "Not saved: your review of …" */
  notSaved: string[];
  text: string;
}

const PATIENCE_MS = 10_000;

/** Read in one go, so that the parts belong together. A page that is just going away gives no answer at all. */
export async function look(page: Page): Promise<Seen> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("The page does not answer.")), PATIENCE_MS);
  });
  return await Promise.race([readScreen(page), late]).finally(() => clearTimeout(timer));
}

async function readScreen(page: Page): Promise<Seen> {
  return await page.evaluate(() => {
    const main = document.querySelector("main") ?? document.body;
    const text = main.innerText;
    const heading = [...main.querySelectorAll("h2")].find((each) =>
      each.textContent?.startsWith("Input of item "),
    );
    const button = [...main.querySelectorAll("button")].find(
      (each) => each.getAttribute("aria-keyshortcuts") === "Enter",
    );
    const checked = main.querySelector<HTMLInputElement>("form input:checked");
    const has = (sentence: string) => text.includes(sentence);
    return {
      reference: heading?.textContent?.replace("Input of item ", "") ?? null,
      main: button?.textContent ?? null,
      chosen: checked?.value ?? null,
      verdict: has("The output counts as right")
        ? ("CORRECT" as const)
        : has("The output counts as wrong")
          ? ("INCORRECT" as const)
          : null,
      allSaved: main.querySelector("[data-saved]") !== null,
      said: main.querySelector('p[role="status"]')?.textContent ?? "",
      signedOut:
        has("You are signed out") ||
        [...document.querySelectorAll('[role="dialog"] h2')].some(
          (each) => each.textContent === "You were signed out",
        ),
      elsewhere: has("You are reviewing in another tab"),
      takenBack: has("Taken back"),
      cameBack: has("You answered this without connection, and the output differs"),
      lost: has("Somebody else has this item now"),
      notSaved: [...text.matchAll(/Not saved: your review of (\S+)/g)].map((found) => found[1] ?? ""),
      text,
    };
  });
}

/**
 * The first view of the screen for which the condition holds, or the last one when time is over: with the time that is given here, many
 * times what a busy machine takes, as what does not come then is counted as lost.
 */
export async function until(
  page: Page,
  condition: (seen: Seen) => boolean,
  milliseconds = 20_000,
): Promise<{ seen: Seen; met: boolean }> {
  const end = Date.now() + milliseconds;
  for (;;) {
    const seen = await look(page).catch(() => null);
    if (seen && condition(seen)) return { seen, met: true };
    if (Date.now() > end) return { seen: seen ?? (await look(page)), met: false };
    await new Promise((resolve) => setTimeout(resolve, 35));
  }
}

/** The control: a store that says yes and keeps nothing. */
export function keepNothing(): void {
  IDBObjectStore.prototype.put = function put() {
    return this.count() as IDBRequest<IDBValidKey>;
  };
}
