import { openAdwin } from "./detection/adwin";
import { openDdm } from "./detection/ddm";
import { openEsr } from "./detection/e-sr";
import {
  accuracies,
  chosenThreshold,
  designed,
  distancesFromDesign,
  drops,
  type MethodResult,
  measureMethod,
  type Runs,
} from "./detection/measure-method";
import { openPageHinkley } from "./detection/page-hinkley";
import { openRollingWilson } from "./detection/rolling-wilson";
import { type Measured, type Open, reviewsPerDay } from "./detection/simulate";
import type { BenchSection } from "./section";

interface Method {
  label: string;
  open: Open;
  runs: Runs;
}

const fewer: Runs = { withoutDrop: 2000, perDrop: 500 };

const OTHERS: Method[] = [
  {
    label: "that day's 95 % Wilson interval below the baseline",
    open: (errorRate) => openRollingWilson(errorRate, 1, reviewsPerDay),
    runs: fewer,
  },
  {
    label: "the same over the last 7 days",
    open: (errorRate) => openRollingWilson(errorRate, 7, reviewsPerDay),
    runs: fewer,
  },
  {
    label: "the same over the last 28 days",
    open: (errorRate) => openRollingWilson(errorRate, 28, reviewsPerDay),
    runs: fewer,
  },
  { label: "Page-Hinkley, river's defaults", open: () => openPageHinkley(), runs: fewer },
  { label: "DDM, river's defaults", open: openDdm, runs: fewer },
  { label: "ADWIN, river's defaults", open: openAdwin, runs: { withoutDrop: 1000, perDrop: 200 } },
];

/** False alarms and speed of the product's change detector beside methods in use, by simulation. */
export async function benchDetection(): Promise<BenchSection> {
  const chosen: Method = {
    label: `**e-SR mixture, A = ${chosenThreshold.toLocaleString("en")} (the product's)**`,
    open: (errorRate) => openEsr(errorRate, chosenThreshold),
    runs: designed.runs,
  };
  const result = measure(chosen, 1);
  const distances = distancesFromDesign(result);
  const rows = [
    methodRow(chosen, result),
    [
      "its design's values",
      `${designed.runs.withoutDrop} / ${designed.runs.perDrop}`,
      ...designed.falseAlarms.map((share) => percent(share)),
      ...designed.delays.map((value) => whole(value)),
    ],
    ["difference, in standard errors", "", ...distances.map(verdict)],
    ...OTHERS.map((method, i) => methodRow(method, measure(method, i + 2))),
  ];
  return {
    title: "Detection: false alarms and reviews until the alarm",
    note:
      `Simulated: ${reviewsPerDay} reviews a day, the accuracy without a drop known exactly. False alarms: share of runs with at least one alarm in ` +
      "180 days without a drop. Then the mean number of reviews from a drop after 60 days to the first alarm after it. The daily intervals look at the end of a day, " +
      "the others after each review as published (ADWIN at every 32nd); the product takes in a day at a time, so that its alarm comes up to a day's reviews later. Brackets: more than 10 % false alarms, so that the speed is of no use. ≥: some runs ended at " +
      "50,000 reviews. The design's values come from a simulation of its own; a difference of up to 3 standard errors is chance (✓). Aims: at most 5 % false alarms; every ✓.",
    columns: [
      "method",
      "runs without / with drop",
      ...accuracies.map((accuracy) => `false alarms at ${percent(accuracy, 0)}`),
      ...accuracies.flatMap((accuracy) =>
        drops.map((drop) => `${percent(accuracy, 0)} − ${100 * drop} points`),
      ),
    ],
    rows,
  };
}

function measure({ label, open, runs }: Method, seed: number): MethodResult {
  const start = performance.now();
  const result = measureMethod(open, runs, seed);
  process.stdout.write(`${label}: ${((performance.now() - start) / 1000).toFixed(1)} s\n`);
  return result;
}

function methodRow({ label, runs }: Method, { falseAlarms, delays }: MethodResult): string[] {
  const usable = falseAlarms.map(({ mean }) => mean <= 0.1);
  return [
    label,
    `${runs.withoutDrop} / ${runs.perDrop}`,
    ...falseAlarms.map(({ mean }) => percent(mean)),
    ...delays.map((measured, i) => {
      const text = reviews(measured);
      return usable[Math.floor(i / drops.length)] ? text : `(${text})`;
    }),
  ];
}

function reviews({ mean, unfinished }: Measured): string {
  if (mean > 10_000) return "> 10,000";
  return unfinished > 0 ? `≥ ${whole(mean)}` : whole(mean);
}

function whole(value: number): string {
  return Math.round(value).toLocaleString("en");
}

function percent(share: number, digits = 1): string {
  return `${(100 * share).toFixed(digits)} %`;
}

function verdict(distance: number): string {
  return `${distance < 0 ? "−" : "+"}${Math.abs(distance).toFixed(1)} ${Math.abs(distance) <= 3 ? "✓" : "✗"}`;
}
