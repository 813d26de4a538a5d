import { memoryPoints } from "@/lib/dev/coverage/cells-in-memory";
import {
  type Coverage,
  emptyCoverage,
  heldShare,
  measureCoverage,
} from "@/lib/dev/coverage/measure-coverage";
import { RECORDED_SETS, readRecordedSet, recordedFolder } from "@/lib/dev/coverage/recorded-set";
import { sampleInMemory } from "@/lib/dev/coverage/sample-in-memory";
import type { BenchSection } from "./section";

const REVIEWS_PER_WEEK = 100;

/** How often the weekly intervals hold the true accuracy, on recorded streams whose truth is known. */
export async function benchCoverage(): Promise<BenchSection> {
  const seeds = Number(process.env.ASSAY_COVERAGE_SEEDS || 20);
  const rows: string[][] = [];
  for (const name of RECORDED_SETS) {
    const set = await readRecordedSet(name);
    const tally = emptyCoverage();
    for (let seed = 1; seed <= seeds; seed += 1) {
      const epochs = sampleInMemory(set, { seed, reviewsPerWeek: REVIEWS_PER_WEEK, attribute: null });
      measureCoverage(memoryPoints(epochs), set, tally);
      process.stdout.write(`${name} seed ${seed}: ${row(name, tally).slice(1).join(", ")}\n`);
    }
    for (const missed of tally.overall.missed.slice(0, 20)) process.stdout.write(`  missed ${missed}\n`);
    rows.push(row(name, tally));
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
