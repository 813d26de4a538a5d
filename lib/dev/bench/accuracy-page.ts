import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type pg from "pg";
import type { Ctx } from "@/lib/core/ctx";
import { createClient, type Db } from "@/lib/db/client";
import type { PrismaClient } from "@/lib/db/generated/client";
import { createPool } from "@/lib/db/pool";
import { prepareDatabase } from "@/lib/db/prepare-database";
import { startEmbeddedPostgres } from "@/lib/dev/embedded-postgres";
import { mixRate } from "@/lib/estimate/mix-rate";
import { accuracySeries } from "@/lib/estimate/queries";
import { segmentTable } from "@/lib/estimate/segment-table";
import { contextFor } from "@/lib/testing/make-project";
import { makeReviewed } from "./make-reviewed";
import type { BenchSection } from "./section";

const ROUNDS = 40;
const RANGE = { from: "2026-04-06", to: "2026-07-05" };

interface Size {
  reviewed: number;
  ctx: Ctx;
  /** Rows that the page's queries read, and how long a plain select of as many takes. */
  rows: number;
  page: number[];
  raw: number[];
}

/** All queries of the accuracy page for a range of three months, at three sizes of the same half year. */
export async function benchAccuracyPage(): Promise<BenchSection> {
  const sizes = (process.env.ASSAY_BENCH_REVIEWED || "10000,100000,1000000").split(",").map(Number);
  const dataDir = mkdtempSync(join(tmpdir(), "assay-bench-accuracy-"));
  const server = await startEmbeddedPostgres({ dataDir, durable: false });
  try {
    await prepareDatabase(server.url);
    const pool = createPool(server.url, "job", 8);
    const db = createClient(pool);
    const measured: Size[] = [];
    for (const reviewed of sizes) {
      const started = performance.now();
      const project = await makeReviewed({ db, pool }, reviewed);
      const ctx = contextFor(db, project, { kind: "system", job: "bench" }, new Date("2026-07-20T12:00:00Z"));
      measured.push({ reviewed, ctx, rows: await countRows(db, ctx), page: [], raw: [] });
      const seconds = ((performance.now() - started) / 1000).toFixed(0);
      process.stdout.write(`${reviewed.toLocaleString("en-GB")} reviewed outputs made in ${seconds} s\n`);
    }
    for (let round = -3; round < ROUNDS; round += 1) {
      // Sizes take turns, so that what else the machine does falls on all alike.
      for (const size of measured) {
        const page = await milliseconds(() => readPage(size.ctx));
        const raw = await milliseconds(() => readRaw(pool, size));
        if (round < 0) continue;
        size.page.push(page);
        size.raw.push(raw);
      }
    }
    await db.$disconnect();
    await pool.end();
    return section(measured);
  } finally {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function readPage(ctx: Ctx): Promise<void> {
  await Promise.all([
    accuracySeries(ctx, { ...RANGE, periodKind: "auto" }),
    segmentTable(ctx, RANGE),
    mixRate(ctx, { before: "pilot", after: RANGE }),
  ]);
}

/** The fewest that could be read: the same number of rows in one plain select over the driver. */
async function readRaw(pool: pg.Pool, { ctx, rows }: Size): Promise<void> {
  await pool.query("SELECT * FROM estimate_cell WHERE project_id = $1 LIMIT $2", [ctx.project.id, rows]);
}

async function countRows(db: PrismaClient, ctx: Ctx): Promise<number> {
  let rows = 0;
  const counting = db.$extends({
    query: {
      async $allOperations({ args, query }) {
        const answer: unknown = await query(args);
        rows += Array.isArray(answer) ? answer.length : 1;
        return answer;
      },
    },
  });
  await readPage({ ...ctx, db: counting as unknown as Db });
  return rows;
}

async function milliseconds(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function section(sizes: readonly Size[]): BenchSection {
  const first = median(sizes[0]?.page ?? []);
  const last = median(sizes.at(-1)?.page ?? []);
  return {
    title: "Accuracy page: queries",
    note:
      "Series with bands, pilot, releases, waiting reviews, segment table with sparklines, mix or rate for three months, from a project with half a year of traffic. " +
      `Median of ${ROUNDS} rounds in which the sizes take turns. Cost from the first to the last size: × ${(last / first).toFixed(2)} (aim: at most 1.3). ` +
      "The plain select reads as many rows of the same table in one statement over the bare driver.",
    columns: [
      "reviewed outputs",
      "rows read",
      "page's queries",
      "of the first size",
      "plain select",
      "page to plain select",
    ],
    rows: sizes.map(({ reviewed, rows, page, raw }) => [
      reviewed.toLocaleString("en-GB"),
      String(rows),
      `${median(page).toFixed(0)} ms`,
      `× ${(median(page) / first).toFixed(2)}`,
      `${median(raw).toFixed(1)} ms`,
      `× ${(median(page) / median(raw)).toFixed(1)}`,
    ]),
  };
}
