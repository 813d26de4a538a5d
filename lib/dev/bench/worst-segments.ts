import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@/lib/db/client";
import { createPool } from "@/lib/db/pool";
import { prepareDatabase } from "@/lib/db/prepare-database";
import { startEmbeddedPostgres } from "@/lib/dev/embedded-postgres";
import { rankSlices } from "@/lib/monitor/rank-slices";
import { readSlices } from "@/lib/monitor/read-slices";
import { worstSegments } from "@/lib/monitor/worst-segments";
import { contextFor } from "@/lib/testing/make-project";
import { makeReviewed } from "./make-reviewed";
import type { BenchSection } from "./section";

const ROUNDS = 9;
/** Thirty of the 154 days of production. */
const WINDOW = { from: "2026-06-06", to: "2026-07-05" };
const ATTRIBUTES = ["area", "device", "kind"];

interface Size {
  reviews: number;
  slices: number;
  whole: number[];
  statement: number[];
  ranking: number[];
  raw: number[];
}

/** The search for worst segments in thirty days, at three numbers of reviews in that window. */
export async function benchWorstSegments(): Promise<BenchSection> {
  const sizes = (process.env.ASSAY_BENCH_SEARCHED || "7500,64000,650000").split(",").map(Number);
  const dataDir = mkdtempSync(join(tmpdir(), "assay-bench-worst-"));
  const server = await startEmbeddedPostgres({ dataDir, durable: false });
  try {
    await prepareDatabase(server.url);
    const pool = createPool(server.url, "job", 8);
    const db = createClient(pool);
    const measured: Size[] = [];
    for (const reviewed of sizes) {
      const project = await makeReviewed({ db, pool }, reviewed);
      // As after a year of reviewing: no two days were cut off at the same rate.
      await pool.query(
        "UPDATE stratum_epoch SET effective_rate = rate * (0.9 + 0.1 * abs(hashtext(epoch_id::text) % 1000) / 1000.0) WHERE project_id = $1",
        [project.id],
      );
      const ctx = contextFor(db, project, { kind: "system", job: "bench" }, new Date("2026-07-05T12:00:00Z"));
      const size: Size = { reviews: 0, slices: 0, whole: [], statement: [], ranking: [], raw: [] };
      const query = { ...WINDOW, attributes: ATTRIBUTES, within: [] };
      for (let round = -1; round < ROUNDS; round += 1) {
        const times = [
          await milliseconds(() => worstSegments(ctx, WINDOW)),
          await milliseconds(() => readSlices(db, project.id, query)),
          await milliseconds(() =>
            pool.query(
              `SELECT count(*), sum(score) FROM sample JOIN output ON output.project_id = sample.project_id AND output.id = sample.output_id
               WHERE sample.project_id = $1 AND day BETWEEN $2 AND $3 AND state = 'SETTLED'`,
              [project.id, WINDOW.from, WINDOW.to],
            ),
          ),
        ] as const;
        const slices = await readSlices(db, project.id, query);
        const ranking = await milliseconds(async () =>
          rankSlices({ slices, boundary: 0.92, pilot: new Map() }),
        );
        size.reviews = slices.find(({ parts }) => parts.length === 0)?.observations ?? 0;
        size.slices = slices.length - 1;
        if (round < 0) continue;
        size.whole.push(times[0]);
        size.statement.push(times[1]);
        size.raw.push(times[2]);
        size.ranking.push(ranking);
      }
      measured.push(size);
      process.stdout.write(`${size.reviews.toLocaleString("en-GB")} reviews in the window\n`);
    }
    await db.$disconnect();
    await pool.end();
    return section(measured);
  } finally {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function milliseconds(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function section(sizes: readonly Size[]): BenchSection {
  return {
    title: "Worst segments: search",
    note:
      "Everything that the search needs for thirty days of three attributes (values and pairs, two strata, an own rate each day), and its two " +
      `parts. Median of ${ROUNDS} rounds. The plain join reads the same samples and outputs and adds their scores up.`,
    columns: [
      "reviews in the window",
      "slices",
      "whole search",
      "its statement",
      "ranking",
      "plain join",
      "search to plain join",
    ],
    rows: sizes.map(({ reviews, slices, whole, statement, ranking, raw }) => [
      reviews.toLocaleString("en-GB"),
      String(slices),
      `${median(whole).toFixed(0)} ms`,
      `${median(statement).toFixed(0)} ms`,
      `${median(ranking).toFixed(1)} ms`,
      `${median(raw).toFixed(0)} ms`,
      `× ${(median(whole) / median(raw)).toFixed(1)}`,
    ]),
  };
}
