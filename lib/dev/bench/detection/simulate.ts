import type { Monitor } from "./monitor";

export const reviewsPerDay = 20;
const nullDays = 180;
const daysBeforeChange = 60;
/** A run that has not found the change by then ends; its mean is then a lower bound. */
const mostReviews = 50_000;

/** A mean over simulated runs. */
export interface Measured {
  mean: number;
  /** Of one run. */
  standardDeviation: number;
  runs: number;
  /** Runs that ended without an alarm. */
  unfinished: number;
}

/** Opens a monitor for a stream whose error rate without a change is this, and is known exactly. */
export type Open = (errorRate: number) => Monitor;

function measuredOf(values: readonly number[], unfinished = 0): Measured {
  const runs = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / runs;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, standardDeviation: Math.sqrt(squares / (runs - 1)), runs, unfinished };
}

/** Share of runs with at least one alarm in 180 days in which nothing changes. */
export function falseAlarmShare(open: Open, errorRate: number, runs: number, random: () => number): Measured {
  const values = Array.from({ length: runs }, () => {
    const monitor = open(errorRate);
    for (let review = 0; review < nullDays * reviewsPerDay; review += 1) {
      if (monitor.observe(random() < errorRate ? 1 : 0)) return 1;
    }
    return 0;
  });
  return measuredOf(values);
}

/** Mean number of reviews from a drop of accuracy after 60 days to the first alarm after it. */
export function reviewsToAlarm(
  open: Open,
  change: { errorRate: number; drop: number },
  runs: number,
  random: () => number,
): Measured {
  const after = change.errorRate + change.drop;
  let unfinished = 0;
  const values = Array.from({ length: runs }, () => {
    const monitor = open(change.errorRate);
    for (let review = 0; review < daysBeforeChange * reviewsPerDay; review += 1) {
      monitor.observe(random() < change.errorRate ? 1 : 0);
    }
    for (let review = 1; review <= mostReviews; review += 1) {
      if (monitor.observe(random() < after ? 1 : 0)) return review;
    }
    unfinished += 1;
    return mostReviews;
  });
  return measuredOf(values, unfinished);
}
