import type {
  AccuracyEstimate,
  AccuracyGap,
  AccuracyPoint,
  AccuracySeries,
  Period,
} from "@/lib/estimate/schema";

import { addDays, nextPeriod } from "@/components/chart/calendar-day";

/** An estimate with a rough interval: enough for what pages and charts do with it. */
export function makeEstimate(
  mean: number,
  n: number,
  other: Partial<AccuracyEstimate> = {},
): AccuracyEstimate {
  const half = 1.96 * Math.sqrt(Math.max(mean * (1 - mean), 0.01) / Math.max(n, 1));
  return {
    mean,
    low: Math.max(0, mean - half),
    high: Math.min(1, mean + half),
    level: 0.95,
    n,
    effective_n: n * 0.9,
    method: "weighted-clopper-pearson",
    unaudited_share: 0,
    unsure_share: 0,
    bounds: null,
    bounds_interval: null,
    reading: n < 5 ? "counts" : "mean",
    ...other,
  };
}

interface Spec {
  mean: number | null;
  n?: number;
  state?: AccuracyPoint["state"];
  /** No outputs at all in this period. */
  absent?: boolean;
}

const PILOT = 0.936;

function gapOf(mean: number): AccuracyGap {
  const difference = mean - PILOT;
  return { difference, low: difference - 0.06, high: difference + 0.06 };
}

function makePoint(spec: Spec, start: string, end: string): AccuracyPoint {
  const estimate = spec.mean === null ? null : makeEstimate(spec.mean, spec.n ?? 120);
  return {
    start,
    end,
    state: spec.state ?? "complete",
    estimate,
    band: estimate && { low: Math.max(0, estimate.low - 0.02), high: Math.min(1, estimate.high + 0.01) },
    gap: estimate && gapOf(estimate.mean),
    population: 2400,
    due: spec.state === "immature" ? 40 : 0,
  };
}

/** Weekly points from 2026-01-05 on, seen from the Wednesday after the last of them. */
export function makeSeries(
  specs: readonly Spec[],
  other: Partial<AccuracySeries> = {},
  period: Period = "week",
): AccuracySeries {
  let start = "2026-01-05";
  const points: AccuracyPoint[] = [];
  for (const spec of specs) {
    const end = addDays(nextPeriod(start, period), -1);
    if (!spec.absent) {
      points.push(makePoint(spec, start, end));
    }
    start = nextPeriod(start, period);
  }
  const pilot = makeEstimate(PILOT, 400);
  const complete = points.filter((point) => point.state === "complete" && (point.estimate?.n ?? 0) >= 20);
  const latest = complete.at(-1);
  return {
    segment: { attribute: "", value: "" },
    period: { period, asked: "auto", too_fine: null },
    time_zone: "Europe/Berlin",
    today: addDays(start, 2),
    from: "2026-01-05",
    to: addDays(start, 2),
    extent: points[0] ? { first: points[0].start, last: addDays(start, -1) } : null,
    points,
    pilot: { estimate: pilot, frozen: true, frozen_at: "2026-01-04T12:00:00Z" },
    now: latest?.estimate
      ? {
          start: latest.start,
          end: latest.end,
          estimate: latest.estimate,
          gap: gapOf(latest.estimate.mean),
          corrected: {
            accuracy: null,
            reason: "not_enough_gold",
            gold: { n: 0, needed: 50, wrong: 0, right: 0, needed_of_each: 10 },
            sensitivity: null,
            specificity: null,
          },
        }
      : null,
    releases: [],
    form_versions: [],
    totals: {
      outputs: points.length * 2400,
      reviews: points.reduce((sum, point) => sum + (point.estimate?.n ?? 0), 0),
      pilot_outputs: 900,
      pilot_reviews: 400,
    },
    ...other,
  };
}
