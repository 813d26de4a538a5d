import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "@playwright/test";

import { listFiles } from "@/lib/testing/house-rules/source-files";
import { type RunningProduct, startProduct } from "@/lib/testing/running-product";

import { openBrowser } from "@/lib/dev/open-browser";
import { FOLDER, fileOf, indexText, isTaken, LOOKS, pathOf } from "./index-text";
import { makeWorld, OWNER, type World } from "./make-world";
import { shotAddress } from "./shot-address";
import { pageOfFile, pagesWithoutShot, type Shot, SHOTS } from "./shots";
import { type Look, openLook, takeShot } from "./take-shot";

/*
 * npm run screens [-- name … look …]: pictures of every page, or of those that are named, in every look or in those that are named
 * (desktop-light, phone-dark, paper-light). ASSAY_SCREENS_URL (with ASSAY_ADMIN_EMAIL and
 * ASSAY_ADMIN_PASSWORD) takes them from a product that runs already, except for those without a database.
 */
async function main(): Promise<void> {
  const asked = process.argv.slice(2);
  const shots = chosen(asked, SHOTS, ({ name }) => name);
  const looks = chosen(asked, LOOKS, ({ device, theme }) => `${device}-${theme}`);
  const browser = await openBrowser();
  const product = process.env.ASSAY_SCREENS_URL ? null : await startProduct(SETTINGS);
  const problems = pagesWithoutShot(pages()).map((page) => `${page} has no picture: add it to shots.ts`);
  try {
    const origin = product?.origin ?? process.env.ASSAY_SCREENS_URL ?? "";
    const world = await makeWorld(browser, origin, product ? OWNER : ownerOfEnvironment());
    const there = shots.filter(({ away }) => !away);
    const away = shots.filter((shot) => shot.away);
    for (const look of looks) problems.push(...(await takeAll(browser, origin, world, look, there)));
    if (product) problems.push(...(await takeAway({ browser, product, world }, looks, away)));
    if (asked.length === 0) writeFileSync(join(FOLDER, "README.md"), indexText(SHOTS));
  } finally {
    await browser.close();
    await product?.stop();
  }
  for (const problem of problems) process.stdout.write(`✗ ${problem}\n`);
  const made = looks.flatMap((look) => shots.filter((shot) => isTaken(look, shot))).length;
  process.stdout.write(`${made} pictures, ${problems.length} problems\n`);
  process.exitCode = problems.length === 0 ? 0 : 1;
}

/** Those that are named; all of them when none is. */
function chosen<T>(asked: readonly string[], all: readonly T[], nameOf: (item: T) => string): readonly T[] {
  const named = all.filter((item) => asked.includes(nameOf(item)));
  return named.length > 0 ? named : all;
}

const SETTINGS = {
  ASSAY_DEMO: "on",
  ASSAY_WORKER: "on",
  ASSAY_ADMIN_EMAIL: OWNER.email,
  ASSAY_ADMIN_PASSWORD: OWNER.password,
  LOG_LEVEL: "warn",
};

async function takeAll(
  browser: Browser,
  origin: string,
  world: World,
  look: Look,
  shots: readonly Shot[],
): Promise<string[]> {
  const signedIn = await openLook(browser, origin, look, world.state);
  const stranger = await openLook(browser, origin, look);
  const [inside, outside] = [await signedIn.newPage(), await stranger.newPage()];
  const problems: string[] = [];
  for (const shot of shots.filter((each) => isTaken(look, each))) {
    const page = shot.in === "stranger" ? outside : inside;
    const address = await shotAddress(page, world, shot);
    const found = address
      ? await takeShot(page, shot, address, pathOf(look, shot))
      : [`no link to ${shot.page}`];
    problems.push(...found.map((text) => `${fileOf(look, shot)}: ${text}`));
    process.stdout.write(`${found.length > 0 ? "✗" : "✓"} ${fileOf(look, shot)}\n`);
  }
  await signedIn.close();
  await stranger.close();
  return problems;
}

/** Opens a page in every look, takes the database away, and goes on from there. */
async function takeAway(
  { browser, product, world }: { browser: Browser; product: RunningProduct; world: World },
  looks: readonly Look[],
  shots: readonly Shot[],
): Promise<string[]> {
  const open = [];
  for (const look of looks.filter(({ device }) => device !== "paper")) {
    const context = await openLook(browser, product.origin, look, world.state);
    const page = await context.newPage();
    await page.goto(`/${world.full}`);
    await page.waitForLoadState("networkidle");
    open.push({ look, context, page });
  }
  if (shots.length > 0) await product.stopDatabase();
  const problems: string[] = [];
  for (const { look, context, page } of open) {
    // The page that is opened anew has no links to go on by.
    for (const shot of shots.toSorted(
      (a, b) => Number(a.away?.by === "address") - Number(b.away?.by === "address"),
    )) {
      const found = await takeShot(page, shot, `/${world.full}`, pathOf(look, shot));
      problems.push(...found.map((text) => `${fileOf(look, shot)}: ${text}`));
      process.stdout.write(`${found.length > 0 ? "✗" : "✓"} ${fileOf(look, shot)}\n`);
    }
    await context.close();
  }
  return problems;
}

function ownerOfEnvironment(): typeof OWNER {
  return {
    email: process.env.ASSAY_ADMIN_EMAIL ?? OWNER.email,
    password: process.env.ASSAY_ADMIN_PASSWORD ?? OWNER.password,
  };
}

function pages(): string[] {
  return listFiles(process.cwd(), "app")
    .filter((path) => path.endsWith("/page.tsx"))
    .map(pageOfFile);
}

await main();
