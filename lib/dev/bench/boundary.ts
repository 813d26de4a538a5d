import { checkRecord } from "@/lib/contract/check-record";
import { compileContract } from "@/lib/contract/compile-contract";
import { inferContract, profileOf } from "@/lib/contract/infer-contract";
import { addRecord, noProfile } from "@/lib/contract/profile";
import { INFERRED_ROOTS, type KeyedFacts } from "@/lib/contract/record-facts";
import { seededRandom } from "@/lib/stats/seeded-random";
import type { BenchSection } from "./section";

const RECORDS = 5_000;
const ROUNDS = 5;
/** Of contract, flags, distribution score and profile together, for one output of 1 KB in one thread. */
const BUDGET_MICROSECONDS = 120;

/** What looking at one output costs in the thread that takes it in. */
export async function benchBoundary(): Promise<BenchSection> {
  const records = makeRecords();
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

/** Orders with names, codes, dates, amounts, a list and a sentence, about 1 KB as JSON. */
function makeRecords(): KeyedFacts[] {
  const random = seededRandom(1);
  const pick = <T>(values: readonly T[]) => values[Math.floor(values.length * random())];
  const day = () => `2026-0${1 + Math.floor(9 * random())}-${10 + Math.floor(18 * random())}`;
  return Array.from({ length: RECORDS }, (_, at) => {
    const net = Math.round(100_000 * random()) / 100;
    const input = {
      order: `A-${100_000 + at}`,
      customer: {
        id: `c${Math.floor(900 * random())}`,
        country: pick(["de", "fr", "it", "es"]),
        since: day(),
      },
      placed: `${day()}T09:15:05Z`,
      lines: Array.from({ length: 4 }, () => ({
        sku: `S-${1000 + Math.floor(900 * random())}`,
        count: 1 + Math.floor(5 * random()),
        price: Math.round(5_000 * random()) / 100,
      })),
      net,
      gross: Math.round(119 * net) / 100,
      paid: random() < 0.3 ? null : day(),
      channel: pick(["web", "shop", "phone"]),
      gift: random() < 0.1,
      text: `Please deliver to the side door before ${8 + Math.floor(10 * random())} o'clock. ${"The bell does not ring. ".repeat(12)}`,
    };
    const output = {
      label: pick(["accept", "review", "refuse"]),
      score: random(),
      amount: net,
      reason: "rules 4 and 7",
    };
    return { key: `r${at}`, facts: { input, output } };
  });
}
