import { loadavg } from "node:os";
import type { Browser, BrowserContext } from "@playwright/test";
import { openBrowser } from "@/lib/dev/open-browser";
import { type RunningProduct, startProduct } from "@/lib/testing/running-product";
import { makeAround } from "./make-around";
import { makeLarge } from "./make-large";
import { INSTANCE_PAGES, PROJECT_PAGES } from "./page-list";
import { blockedOnLoad } from "./page-load";
import { AIM_GROWTH, AIM_MS, FLOOR_MS, pageVerdict, quantile } from "./page-verdict";
import type { BenchSection } from "./section";

const PERSON = { email: "bench@example.com", password: "bench-manager-password" };
const ROUNDS = 40;
const WARM = 5;
const LOADS = 5;
const AIM_BLOCKED_MS = 300;

const PAGES = [...PROJECT_PAGES, ...INSTANCE_PAGES];

interface Size {
  reviews: number;
  outputs: number;
  addresses: string[];
  /** Per page. */
  times: number[][];
  /** The very first answer of each: nothing is kept yet, neither by the product nor by the database. */
  first: number[];
}

/**
 * Every page of the built product, asked for by a signed-in person, at two sizes; and what opening one costs a browser. Making the large
 * project takes minutes: with ASSAY_BENCH_DATA, a folder, it is kept there for another run of the same day.
 */
export async function benchPages(): Promise<BenchSection[]> {
  const sizes = (process.env.ASSAY_BENCH_REVIEWED || "1000,100000").split(",").map(Number);
  const settings = {
    ASSAY_ADMIN_EMAIL: PERSON.email,
    ASSAY_ADMIN_PASSWORD: PERSON.password,
    LOG_LEVEL: "error",
  };
  const product = await startProduct(settings, process.env.ASSAY_BENCH_DATA || undefined);
  const browser = await openBrowser();
  try {
    const measured: Size[] = [];
    for (const reviewed of sizes) measured.push(await makeSize(product, reviewed));
    const load = loadavg()[0] ?? 0;
    const context = await signIn(browser, product.origin);
    const headers = {
      cookie: (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join("; "),
    };
    for (let round = -WARM; round < ROUNDS; round += 1)
      await askAll(product.origin, headers, measured, round);
    const blocked = await browserCosts(context, measured.at(-1));
    return [serverSection(measured, load), blocked];
  } finally {
    await browser.close();
    await product.stop();
  }
}

async function makeSize(product: RunningProduct, reviewed: number): Promise<Size> {
  const started = performance.now();
  const { id, slug } = await projectOf(product, reviewed);
  const where = { where: { projectId: id }, select: { id: true } } as const;
  const [output, incident, record, backtest, batch, review, reviews, outputs] = await Promise.all([
    product.db.output.findFirstOrThrow({ ...where, orderBy: { occurredAt: "desc" } }),
    product.db.incident.findFirstOrThrow(where),
    product.db.quarantine.findFirstOrThrow(where),
    product.db.backtest.findFirstOrThrow(where),
    product.db.diagnosticBatch.findFirstOrThrow(where),
    product.db.review.findFirstOrThrow({ where: { projectId: id }, select: { reviewerId: true } }),
    product.db.review.count({ where: { projectId: id } }),
    product.db.output.count({ where: { projectId: id } }),
  ]);
  const ids = {
    output: output.id,
    incident: incident.id,
    record: record.id,
    backtest: backtest.id,
    batch: batch.id,
    reviewer: review.reviewerId,
  };
  const addresses = PAGES.map((page) => {
    const address = page.startsWith("/") ? page : `/${slug}/${page}`.replace(/\/$/, "");
    return address.replace(/\[(\w+)\]/, (_, name: keyof typeof ids) => ids[name]);
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  process.stdout.write(`  ${outputs} outputs and ${reviews} reviews made in ${seconds} s\n`);
  return { reviews, outputs, addresses, times: PAGES.map(() => []), first: [] };
}

/** A project in its seventh month up to today; in a folder that is kept, the one that was made there today. */
async function projectOf(product: RunningProduct, reviewed: number): Promise<{ id: string; slug: string }> {
  const { db } = product;
  const name = `${reviewed} reviews, ${new Date().toISOString().slice(0, 10)}`;
  const known = await db.project.findFirst({ where: { name } });
  if (known) return known;
  const project = await makeLarge(product, reviewed);
  await makeAround(product, project);
  const person = await db.user.findUniqueOrThrow({ where: { email: PERSON.email } });
  await db.membership.create({ data: { projectId: project.id, userId: person.id, role: "MANAGER" } });
  await db.project.update({ where: { id: project.id }, data: { name } });
  return project;
}

async function signIn(browser: Browser, baseURL: string): Promise<BrowserContext> {
  const context = await browser.newContext({ baseURL, viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.goto("/sign-in", { waitUntil: "networkidle" });
  await page.getByLabel("E-mail").fill(PERSON.email);
  await page.getByLabel("Password").fill(PERSON.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL((url) => url.pathname !== "/sign-in");
  await page.close();
  return context;
}

/** Sizes take turns, so that what else the machine does falls on all alike. To the last byte: what a page streams is part of it. */
async function askAll(
  origin: string,
  headers: Record<string, string>,
  sizes: readonly Size[],
  round: number,
): Promise<void> {
  for (const at of PAGES.keys()) {
    for (const { addresses, times, first } of sizes) {
      const started = performance.now();
      const answer = await fetch(`${origin}${addresses[at]}`, { headers, redirect: "manual" });
      await answer.arrayBuffer();
      const ms = performance.now() - started;
      if (answer.status !== 200) throw new Error(`${addresses[at]} answered ${answer.status}.`);
      first[at] ??= ms;
      if (round >= 0) times[at]?.push(ms);
    }
  }
}

async function browserCosts(context: BrowserContext, size: Size | undefined): Promise<BenchSection> {
  const shown = PAGES.flatMap((page, at) =>
    ["", "accuracy", "output", "input/drift"].includes(page) ? [{ page, at }] : [],
  );
  const rows: string[][] = [];
  const missed: string[] = [];
  for (const { page, at } of shown) {
    const loads = [];
    for (let load = 0; load < LOADS; load += 1)
      loads.push(await blockedOnLoad(context, size?.addresses[at] ?? ""));
    const middle = (values: number[]) => quantile(values, 0.5);
    const blocked = middle(loads.map((load) => load.blockedMs));
    if (blocked >= AIM_BLOCKED_MS) missed.push(`${page || "overview"}: blocks the browser`);
    rows.push([
      page || "overview",
      `${middle(loads.map((load) => load.paintMs)).toFixed(0)} ms`,
      `${middle(loads.map((load) => load.longestMs)).toFixed(0)} ms`,
      `${blocked.toFixed(0)} ms`,
      middle(loads.map((load) => load.shift)).toFixed(3),
      blocked < AIM_BLOCKED_MS ? "held" : "missed",
    ]);
  }
  return {
    title: "Pages: in the browser",
    note:
      `Chromium, the larger project, median of ${LOADS} loads with a warm cache. Blocked: what tasks of the main thread take beyond 50 ms each of its own time, until the page is quiet; ` +
      `aim on the accuracy page: less than ${AIM_BLOCKED_MS} ms. Shift: cumulative layout shift.`,
    columns: ["page", "largest paint", "longest task", "blocked", "shift", ""],
    rows,
    missed,
  };
}

function serverSection(sizes: readonly Size[], load: number): BenchSection {
  const [first, last] = [sizes[0], sizes.at(-1)];
  if (!first || !last) throw new Error("There is no size.");
  const name = ({ outputs, reviews }: Size) =>
    `${outputs.toLocaleString("en-GB")} outputs, ${reviews.toLocaleString("en-GB")} reviews`;
  const found = PAGES.map((page, at) => ({
    page: page || "overview",
    firstMs: last.first[at] ?? Number.NaN,
    ...pageVerdict(first.times[at] ?? [], last.times[at] ?? []),
  }));
  return {
    title: "Pages: time of the server",
    note:
      `The built product, a signed-in manager, from the request to the last byte, ${ROUNDS} rounds in which pages and sizes take turns; server, database and client share the machine. ` +
      `Small: ${name(first)}; large: ${name(last)}; pages that begin with a stroke are the installation's, the same for both. ` +
      `Aims: p95 at most ${AIM_MS} ms at the large size, and at most ${AIM_GROWTH} times the small one's (of the medians); ` +
      `below the floor: p95 under ${FLOOR_MS} ms, where a ratio of such times is told and no miss. First: the very first answer at the large size, after the start and before anything is kept. Load of the machine before: ${load.toFixed(1)}.`,
    columns: ["page", "small, median", "large, median", "growth", "large, p95", "first", ""],
    rows: found.map(({ page, smallMs, largeMs, growth, p95Ms, firstMs, words }) => [
      page,
      `${smallMs.toFixed(0)} ms`,
      `${largeMs.toFixed(0)} ms`,
      `× ${growth.toFixed(2)}`,
      `${p95Ms.toFixed(0)} ms`,
      `${firstMs.toFixed(0)} ms`,
      words,
    ]),
    missed: found.filter(({ missed }) => missed.length > 0).map(({ page, words }) => `${page}: ${words}`),
  };
}
