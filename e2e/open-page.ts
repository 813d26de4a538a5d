import type { Page, Response } from "@playwright/test";

/**
 * Goes to a page and waits until its controls listen: a press in the moment between the server's markup and the browser's script
 * is lost, which no person is quick enough for.
 */
export async function openPage(page: Page, path: string): Promise<Response | null> {
  const response = await page.goto(path);
  await untilAlive(page);
  return response;
}

export async function untilAlive(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const controls = document.querySelectorAll(
      "main button, main select, main input, main textarea, header button",
    );
    return [...controls].every((control) =>
      Object.keys(control).some((key) => key.startsWith("__reactProps")),
    );
  });
  // Keys are listened to by effects, which run when the browser has drawn and has nothing else to do.
  await page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestIdleCallback(done, { timeout: 2_000 }))),
  );
}
