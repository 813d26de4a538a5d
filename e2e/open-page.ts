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

/** What was there before looks the same while the page comes anew, and does not listen yet. */
export async function reloadPage(page: Page): Promise<void> {
  await page.reload();
  await untilAlive(page);
}

export async function untilAlive(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const controls = document.querySelectorAll(
      "main button, main select, main input, main textarea, header button",
    );
    const alive = [...controls].every((control) =>
      Object.keys(control).some((key) => key.startsWith("__reactProps")),
    );
    // The keys of the house come after the page, wherever there is the search that one of them opens.
    const search = document.querySelector(
      '[aria-keyshortcuts="Control+K Meta+K"],[aria-label="Search pages and actions"]',
    );
    return alive && (!search || "houseKeys" in document.documentElement.dataset);
  });
  await untilIdle(page);
}

/**
 * A page's own keys are listened to by effects, which run when the browser has drawn and has nothing else to do. One that lies behind
 * another may not be drawn at all, and is not waited for.
 */
export async function untilIdle(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise((done) => {
        setTimeout(done, 2_500);
        requestAnimationFrame(() => requestIdleCallback(done, { timeout: 2_000 }));
      }),
  );
}
