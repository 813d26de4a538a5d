import { randomBytes } from "node:crypto";
import { type Browser, type BrowserContext, chromium, type Page } from "@playwright/test";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findBrowser } from "@/lib/dev/browser.mjs";
import { machineDoors } from "@/lib/ingest/doors";
import { hostileTexts, numbersIn } from "@/lib/testing/hostile-texts";
import { listenForLife, type SignsOfLife } from "@/lib/testing/listen-for-life";
import { addItems } from "@/lib/testing/make-review-queue";
import { report } from "@/lib/testing/console";
import { type RunningProduct, startProduct } from "@/lib/testing/running-product";
import { mayReach } from "./attempt";
import { MUTATIONS, type Mutation } from "./mutations";
import { inParallel, send } from "./send";
import { type Entry, readSurface } from "./surface";
import { stringLeaves, withLeaf } from "./text-leaves";
import { nameOf } from "./who-may";
import { makeWorld, type World } from "./world";

const secrets = {
  NEXTAUTH_SECRET: randomBytes(32).toString("hex"),
  ASSAY_MASTER_KEY: randomBytes(32).toString("hex"),
};
// Cookies and sealed secrets made here have to be the product's own.
Object.assign(process.env, secrets);

const TIMEOUT = 10 * 60_000;
const TEXTS = hostileTexts();
const TEXTS_IN_ONE = 250;
/** Kept short for names; notes take several. */
const PARTS = Array.from({ length: Math.ceil(TEXTS.length / TEXTS_IN_ONE) }, (_, at) =>
  TEXTS.slice(at * TEXTS_IN_ONE, (at + 1) * TEXTS_IN_ONE),
);
const LENGTHS = [450, 160, 60];
const ROWS_OF_A_KIND = 6;
const PAGES_AT_ONCE = 3;

let product: RunningProduct;
let world: World;
let entries: Entry[];
let browser: Browser;

beforeAll(async () => {
  product = await startProduct({
    ...secrets,
    ASSAY_ADMIN_EMAIL: "first@example.org",
    ASSAY_ADMIN_PASSWORD: "a passphrase to begin with",
  });
  entries = (await readSurface(process.cwd(), machineDoors)).entries;
  world = await makeWorld(product.db);
  const found = findBrowser();
  browser = await chromium.launch({
    ...(found ? { executablePath: found.executablePath } : {}),
    args: ["--disable-gpu", "--disable-quic", ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])],
  });
}, TIMEOUT);
afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

test("no text that anybody can send or write comes alive on any page", { timeout: TIMEOUT }, async () => {
  await sendContents();
  const { context, signs } = await openBrowser();
  const reviewed = new Set<number>();
  for (const outputId of await hostileOutputs()) {
    await leaveToReview(outputId);
    const shown = await numbersShown(context, `/${world.own.project.slug}/review`, /^Input of item/);
    for (const number of shown) reviewed.add(number);
  }
  const written = await writeEverywhere();
  const seen = new Set<number>();
  const addresses = await allPages();
  await inParallel(addresses, PAGES_AT_ONCE, async (address) => {
    for (const number of await numbersShown(context, address)) seen.add(number);
  });
  await context.close();
  report(
    `inert: ${TEXTS.length} hostile texts, ${seen.size} of them read on ${addresses.length} pages and ${reviewed.size} on the ` +
      `review screen; ${written.length} fields of ${new Set(written.map(({ route }) => route)).size} routes took one`,
  );
  expect(signs).toEqual({ dialogs: [], foreign: [], stopped: [] });
  expect(unseen(seen)).toEqual([]);
  expect(unseen(reviewed)).toEqual([]);
  expect(written.length).toBeGreaterThan(25);
});

function unseen(seen: ReadonlySet<number>): string[] {
  return TEXTS.filter((_, number) => !seen.has(number)).slice(0, 5);
}

test("control: the same texts as markup are noticed", { timeout: TIMEOUT }, async () => {
  const { context, signs } = await openBrowser();
  const page = await context.newPage();
  await page.goto("/projects", { waitUntil: "networkidle" });
  await page.evaluate(
    (texts) => {
      for (const text of texts) document.body.insertAdjacentHTML("beforeend", text);
    },
    TEXTS.filter((text) => !/refresh|<base|<form/i.test(text)).slice(0, 400),
  );
  await page.waitForTimeout(300);
  expect(signs.stopped.length).toBeGreaterThan(100);
  await page.evaluate("setTimeout(() => alert('seen'))");
  await expect.poll(() => signs.dialogs.length).toBe(1);
  const blank = await context.newPage();
  await blank.goto("about:blank");
  await blank.setContent(TEXTS.find((text) => text.includes("<img src=https")) ?? "");
  await expect.poll(() => signs.foreign.length).toBeGreaterThan(0);
  await context.close();
});

async function openBrowser(): Promise<{ context: BrowserContext; signs: SignsOfLife }> {
  const { origin } = new URL(product.origin);
  const context = await browser.newContext({
    baseURL: product.origin,
    viewport: { width: 1440, height: 900 },
  });
  const [name = "", value = ""] = (world.headers.adminMember.cookie ?? "").split("=");
  await context.addCookies([{ name, value, url: product.origin }]);
  return { context, signs: await listenForLife(context, origin) };
}

interface Written {
  route: string;
  field: string;
}

/** Into every text of every body that a route takes: as much as it accepts. */
async function writeEverywhere(): Promise<Written[]> {
  const written: Written[] = [];
  const changing = entries.filter(
    (entry) => entry.kind === "route" && entry.method !== "GET" && mayReach(entry, "adminMember"),
  );
  for (const entry of changing) {
    const example = (await prepared(entry)).body ?? entry.declaration?.example;
    for (const leaf of stringLeaves(example)) {
      if (await writeOne(entry, leaf, written.length)) written.push({ route: nameOf(entry), field: leaf });
    }
  }
  return written;
}

async function prepared(entry: Entry): Promise<Mutation> {
  return (await MUTATIONS[nameOf(entry)]?.(world, "adminMember")) ?? {};
}

/** True when a text was taken. With fresh objects for each try, since a change may be possible once only. */
async function writeOne(entry: Entry, leaf: string, seed: number): Promise<boolean> {
  for (const length of LENGTHS) {
    const { params, body, headers, refusedWith } = await prepared(entry);
    if (refusedWith !== undefined) return false;
    const named: Record<string, string> = { project: world.own.project.slug, ...params };
    const answer = await send(product.origin, {
      method: entry.method,
      path: entry.path.replaceAll(/\[(\w+)\]/g, (_, name: string) => named[name] ?? ""),
      headers: headers ?? world.headers.adminMember,
      body: withLeaf(body ?? entry.declaration?.example, leaf, textOf(length, seed)),
    });
    if (answer.status >= 200 && answer.status <= 299) return true;
  }
  return false;
}

function textOf(length: number, seed: number): string {
  let text = "";
  for (let at = seed * 37; text.length < length; at += 1) text += `${TEXTS[at % TEXTS.length]} `;
  return text.slice(0, length).trim();
}

/** All of them as inputs and outputs: as texts, names, conversations and tables; drawn for review, held back, and unreadable. */
async function sendContents(): Promise<void> {
  await addItems(
    world.db,
    world.own,
    PARTS.map((texts, at) => ({
      externalId: texts[0]?.slice(0, 150) ?? "",
      input: contentOf(texts, at),
      output: { label: texts[1], remark: texts[2] },
      modelVersion: texts[3]?.slice(0, 100) ?? "",
      segments: { channel: texts[4]?.slice(0, 100) ?? "" },
      reasons: [{ code: "VALUE_UNSEEN_CATEGORY", path: `/input/${at}`, observed: texts[5] ?? "" }],
    })),
  );
  const held = { id: TEXTS[6]?.slice(0, 100), output: TEXTS[7], "<img src=x onerror=alert(1)>": TEXTS[8] };
  const { status } = await send(product.origin, {
    method: "POST",
    path: "/api/v1/outputs",
    headers: world.headers.keyOutputs,
    body: { batch: [held] },
  });
  expect(status).toBe(202);
}

/** Nothing else is in the queue. */
async function leaveToReview(outputId: string): Promise<void> {
  const all = { projectId: world.own.project.id };
  const free = { holderId: null, leaseToken: null, leaseExpiresAt: null } as const;
  await world.db.reviewSlot.updateMany({ where: all, data: { state: "WITHDRAWN", ...free } });
  await world.db.reviewSlot.updateMany({ where: { ...all, outputId }, data: { state: "OPEN" } });
}

async function hostileOutputs(): Promise<string[]> {
  const where = { projectId: world.own.project.id, externalId: { startsWith: "zq" } };
  return (await world.db.output.findMany({ where, select: { id: true } })).map(({ id }) => id);
}

/** One way of showing for each output. */
function contentOf(texts: readonly string[], at: number): unknown {
  switch (at % 6) {
    case 0:
      return Object.fromEntries(texts.map((text, place) => [`text ${place}`, text]));
    case 1:
      return Object.fromEntries(texts.map((text, place) => [text, place]));
    case 2:
      return texts.map((content, place) => ({ role: place % 2 ? "assistant" : "user", content }));
    case 3:
      return texts.map((text, place) => ({ row: place, text }));
    case 4:
      return texts;
    default:
      return Object.fromEntries(texts.map((text, place) => [`letter ${place}`, `# Letter\n\n${text}`]));
  }
}

/** Every page that the build has, with some rows of each kind; the hostile outputs all. */
async function allPages(): Promise<string[]> {
  const { db, own } = world;
  const newest = { where: { projectId: own.project.id }, take: ROWS_OF_A_KIND } as const;
  const idsOf = (rows: readonly { id: string }[]) => rows.map(({ id }) => id);
  const rows: Record<string, string[]> = {
    output: await hostileOutputs(),
    incident: idsOf(await db.incident.findMany({ ...newest, orderBy: { openedAt: "desc" } })),
    record: idsOf(await db.quarantine.findMany({ ...newest, orderBy: { receivedAt: "desc" } })),
    batch: idsOf(await db.diagnosticBatch.findMany({ ...newest, orderBy: { createdAt: "desc" } })),
    backtest: [world.ids.backtest?.own ?? ""],
    reviewer: [world.ids.reviewer?.own ?? ""],
  };
  return entries
    .filter((entry) => entry.kind === "page")
    .flatMap(({ path }) => {
      const address = path.replace("[project]", own.project.slug);
      const name = /\[(\w+)\]/.exec(address)?.[1];
      if (!name) return [address];
      if (!rows[name]) throw new Error(`There are no rows for the parameter [${name}]: name some here.`);
      return rows[name].map((id) => address.replace(`[${name}]`, id));
    });
}

/** Opens the page, unfolds what it folds, and reads it as a person would: text and what stands in fields. */
async function numbersShown(context: BrowserContext, address: string, heading?: RegExp): Promise<number[]> {
  const page = await context.newPage();
  try {
    await page.goto(address, { waitUntil: "networkidle" });
    if (heading) await page.getByRole("heading", { name: heading }).waitFor();
    await unfold(page);
    const shown = await page.evaluate(() => {
      const fields = [...document.querySelectorAll("input, textarea")].map(
        (each) => (each as HTMLInputElement).value,
      );
      return [document.body.innerText, ...fields].join("\n");
    });
    return numbersIn(shown);
  } finally {
    await page.close();
  }
}

/** Opens every branch of the trees and asks for the rest of every list, until nothing is folded. */
async function unfold(page: Page): Promise<void> {
  for (let round = 0; round < 12; round += 1) {
    const pressed = await page.evaluate(() => {
      const folded = [...document.querySelectorAll<HTMLButtonElement>("main button")].filter(
        (button) =>
          button.parentElement?.matches('[role="treeitem"][aria-expanded="false"]') ||
          /^Show (all|more|the|\d)/.test(button.textContent ?? ""),
      );
      for (const button of folded) button.click();
      return folded.length;
    });
    if (pressed === 0) return;
    await page.waitForTimeout(50);
  }
}
