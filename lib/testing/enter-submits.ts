import type { BrowserContext } from "@playwright/test";

/** These people have chosen that Enter alone submits, in this browser; what they set later stays. */
export async function enterSubmits(
  context: BrowserContext,
  people: readonly { id: string }[],
): Promise<void> {
  await context.addInitScript(
    (ids) => {
      if (location.protocol === "about:") return;
      for (const id of ids) {
        const name = `assay-review-keys:${id}`;
        if (localStorage.getItem(name) === null) localStorage.setItem(name, '{"enterSubmits":true}');
      }
    },
    people.map(({ id }) => id),
  );
}
