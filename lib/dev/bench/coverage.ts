import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@/lib/db/client";
import { createPool } from "@/lib/db/pool";
import { prepareDatabase } from "@/lib/db/prepare-database";
import {
  type Coverage,
  emptyCoverage,
  heldShare,
  measureCoverage,
} from "@/lib/dev/coverage/measure-coverage";
import { RECORDED_SETS, readRecordedSet, recordedFolder } from "@/lib/dev/coverage/recorded-set";
import { sampleRecorded } from "@/lib/dev/coverage/sample-recorded";
import { startEmbeddedPostgres } from "@/lib/dev/embedded-postgres";
import { contextFor } from "@/lib/testing/make-project";
import type { BenchSection } from "./section";

const REVIEWS_PER_WEEK = 100;

/** How often the weekly intervals hold the true accuracy, on recorded streams whose truth is known. */
export async function benchCoverage(): Promise<BenchSection> {
  const seeds = Number(process.env.ASSAY_COVERAGE_SEEDS || 20);
  const dataDir = mkdtempSync(join(tmpdir(), "assay-bench-coverage-"));
  const server = await startEmbeddedPostgres({ dataDir, durable: false });
  const rows: string[][] = [];
  try {
    await prepareDatabase(server.url);
    const pool = createPool(server.url, "job", 8);
    const db = createClient(pool);
    for (const name of RECORDED_SETS) {
      const set = await readRecordedSet(name);
      const tally = emptyCoverage();
      for (let seed = 1; seed <= seeds; seed += 1) {
        const started = performance.now();
        const { project } = await sampleRecorded({ db, pool }, set, {
          seed,
          reviewsPerWeek: REVIEWS_PER_WEEK,
          attribute: null,
        });
        await measureCoverage(contextFor(db, project), set, tally);

        const seconds = ((performance.now() - started) / 1000).toFixed(0);
        process.stdout.write(
          `${name} seed ${seed} (${seconds} s): ${row(name, tally).slice(1).join(", ")}\n`,
        );
      }
      for (const missed of [...tally.overall.missed, ...tally.segments.missed].slice(0, 20))
        process.stdout.write(`  missed ${missed}\n`);
      rows.push(row(name, tally));
    }
    await db.$disconnect();
    await pool.end();
  } finally {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
  return {
    title: "Coverage: intervals against known truth",
    note:
      `Recorded streams of \`${recordedFolder().split("/").slice(-2).join("/")}\`, ${REVIEWS_PER_WEEK} looks a week from the head of the queue, ${seeds} seeds. ` +
      "An interval holds when the true accuracy of its week (all outputs) lies in it; aim: at least 95 %.",
    columns: [
      "set",
      "weekly overall intervals that hold",
      "segments with ≥ 10 reviews that hold",
      "mean error of the weekly estimate, points",
      "mean width, points",
    ],
    rows,
  };
}

function row(name: string, tally: Coverage): string[] {
  const share = (count: Coverage["overall"]) => `${(100 * heldShare(count)).toFixed(1)} % of ${count.of}`;
  const mean = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  return [
    name,
    share(tally.overall),
    share(tally.segments),
    (100 * mean(tally.errors)).toFixed(2),
    ((100 * tally.width) / Math.max(1, tally.overall.of)).toFixed(1),
  ];
}
