import { checkRecord } from "@/lib/contract/check-record";
import { compileContract } from "@/lib/contract/compile-contract";
import { inferContract, profileOf } from "@/lib/contract/infer-contract";
import { addRecord, noProfile } from "@/lib/contract/profile";
import { INFERRED_ROOTS } from "@/lib/contract/record-facts";
import { benchBoundaryIngest } from "./boundary-ingest";
import { recordMaker } from "./made-orders";
import type { BenchSection } from "./section";

const RECORDS = 5_000;
const ROUNDS = 5;
/** Of contract, flags, distribution score and profile together, for one output of 1 KB in one thread. */
const BUDGET_MICROSECONDS = 120;

/** What looking at one output costs in the thread that takes it in, and what all of it leaves of the throughput. */
export async function benchBoundary(): Promise<BenchSection[]> {
  return [benchChecks(), await benchBoundaryIngest()];
}

function benchChecks(): BenchSection {
  const records = Array.from({ length: RECORDS }, recordMaker(1));
  const bytes = records.reduce((sum, { facts }) => sum + JSON.stringify(facts).length, 0) / RECORDS;
  const contract = compileContract(inferContract(profileOf(records), records));
  const steps: [string, () => void][] = [
    [
      "contract check",
      () => {
        for (const { facts } of records) checkRecord(contract, facts);
      },
    ],
    [
      "profile",
      () => {
        const profile = noProfile();
        for (const { key, facts } of records) addRecord(profile, key, facts, INFERRED_ROOTS);
      },
    ],
  ];
  const rows = steps.map(([name, run]) => ({ name, microseconds: median(run) }));
  const sum = rows.reduce((total, { microseconds }) => total + microseconds, 0);
  return {
    title: "Boundary: looking at one output",
    note:
      `${RECORDS.toLocaleString("en-GB")} outputs of ${Math.round(bytes)} bytes with 24 fields, median of ${ROUNDS} rounds after one to warm up. ` +
      `Limit for everything at the boundary: ${BUDGET_MICROSECONDS} µs an output in one thread; aim for these two: half of it.`,
    columns: ["step", "µs an output", "share of the limit"],
    rows: [...rows, { name: "together", microseconds: sum }].map(({ name, microseconds }) => [
      name,
      microseconds.toFixed(1),
      `${((100 * microseconds) / BUDGET_MICROSECONDS).toFixed(0)} %`,
    ]),
  };
}

function median(run: () => void): number {
  run();
  const times = Array.from({ length: ROUNDS }, () => {
    const started = performance.now();
    run();
    return (1000 * (performance.now() - started)) / RECORDS;
  });
  return times.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? Number.NaN;
}
