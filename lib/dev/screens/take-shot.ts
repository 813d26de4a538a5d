import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Browser, BrowserContext, Page } from "@playwright/test";

import type { Shot } from "./shots";

type State = Awaited<ReturnType<BrowserContext["storageState"]>>;

export interface Look {
  device: "desktop" | "phone" | "paper";
  theme: "light" | "dark";
}

const SIZES = {
  desktop: { width: 1440, height: 900 },
  phone: { width: 390, height: 844 },
  paper: { width: 794, height: 1_123 },
};
/** Below this a page goes on as it began. */
const MOST_HEIGHT = 3_600;
const QUALITY = 50;
/** What React says of a page that the server could not make. */
const PAGE_FAILED = /React error #441|Server Components render/;
const NO_ANSWER_MS = 4_000;

export async function openLook(
  browser: Browser,
  origin: string,
  { device, theme }: Look,
  storageState?: State,
): Promise<BrowserContext> {
  const phone = device === "phone";
  const context = await browser.newContext({
    baseURL: origin,
    viewport: SIZES[device],
    isMobile: phone,
    hasTouch: phone,
    colorScheme: theme,
    reducedMotion: "reduce",
    timezoneId: "UTC",
    locale: "en-GB",
    ...(storageState ? { storageState } : {}),
  });
  // A busy machine takes its time for a first page.
  context.setDefaultTimeout(120_000);
  if (device === "paper") context.on("page", (page) => page.emulateMedia({ media: "print" }));
  return context;
}

/** Goes to the page, takes its picture, and returns what is wrong with it. */
export async function takeShot(page: Page, shot: Shot, address: string, file: string): Promise<string[]> {
  const found: string[] = [];
  const expected = shot.status ?? 200;
  const hear = (text: string) => {
    const isOurs = shot.status || shot.isRefused || shot.act === "no-answer" || shot.away;
    if (isOurs && text.startsWith("Failed to load resource")) return;
    if (shot.away && PAGE_FAILED.test(text)) return;
    found.push(text);
  };
  const onConsole = (message: { type: () => string; text: () => string }) => {
    if (["error", "warning"].includes(message.type())) hear(message.text());
  };
  const onError = (error: Error) => hear(error.message);
  page.on("console", onConsole).on("pageerror", onError);
  try {
    if (shot.act === "no-answer") await page.route("**/reviews/claim", (route) => route.abort());
    if (shot.away?.by === "link") {
      await page.getByRole("link", { name: shot.away.name }).locator("visible=true").first().click();
    } else {
      const response = await page.goto(address);
      if (response?.status() !== expected) found.push(`status ${response?.status()} at ${address}`);
    }
    if (shot.away) await page.getByRole("heading", { name: "The database does not answer" }).waitFor();
    // It asks again and again, and is never still.
    else if (shot.act === "no-answer") await page.waitForTimeout(NO_ANSWER_MS);
    else await untilStill(page);
    await leaveMargins(page);
    if (shot.act) await act(page, shot.act);
    const { wide, high } = await page.evaluate(() => ({
      wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      high: document.documentElement.scrollHeight,
    }));
    if (wide > 0) found.push(`${wide} px wider than the screen`);
    await writePicture(page, shot.act === "palette" || shot.act === "keys" ? 0 : high, file);
  } catch (error) {
    found.push(error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error));
  } finally {
    page.off("console", onConsole).off("pageerror", onError);
    await page.unroute("**/reviews/claim");
  }
  return found;
}

/** A sheet has margins around the page; a picture of what is printed has them within. */
async function leaveMargins(page: Page): Promise<void> {
  const isPaper = await page.evaluate((margin) => {
    const { matches } = matchMedia("print");
    if (matches) document.body.style.padding = margin;
    return matches;
  }, "14mm 12mm");
  // Charts measure their place anew.
  if (isPaper) await page.waitForTimeout(500);
}

async function untilStill(page: Page): Promise<void> {
  await page.waitForFunction(
    () => !document.querySelector(":is(.animate-pulse, [aria-busy='true']):not([data-sample] *)"),
    undefined,
    { timeout: 60_000 },
  );
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await page.waitForLoadState("networkidle");
  // The badge of a server that runs for development.
  await page.evaluate(() => document.querySelector("nextjs-portal")?.remove());
}

async function act(page: Page, what: NonNullable<Shot["act"]>): Promise<void> {
  if (what === "palette") await page.keyboard.press("Control+k");
  if (what === "keys") await page.keyboard.press("?");
  if (what === "palette" || what === "keys") await page.getByRole("dialog").waitFor();
  // What opens fades in, also where motion is reduced, in one frame.
  await page.waitForTimeout(100);
}

/** WebP by the browser itself: a third of the same picture as PNG. */
async function writePicture(page: Page, high: number, file: string): Promise<void> {
  const size = page.viewportSize() ?? SIZES.desktop;
  const height = Math.min(MOST_HEIGHT, Math.max(size.height, high));
  // Bars that are fixed to the screen belong to its lower end, not into the middle of the picture.
  if (height !== size.height) await page.setViewportSize({ width: size.width, height });
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send("Page.captureScreenshot", { format: "webp", quality: QUALITY });
  await session.detach();
  if (height !== size.height) await page.setViewportSize(size);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, Buffer.from(data, "base64"));
}
