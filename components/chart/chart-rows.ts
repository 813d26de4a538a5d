import type { AccuracyEstimate, AccuracyGap, AccuracySeries, Pilot } from "@/lib/estimate/schema";
import type { AccuracyFloor } from "@/lib/monitor/read-floor";

import { addDays, dayNumber, nextPeriod, periodName } from "./calendar-day";
import { accuracyRange, isBounded } from "./estimate-text";

/** Fewer reviews make a hollow point that no line joins. */
export const FEWEST_FOR_LINE = 20;
/** Fewer make no percentage at all. */
export const FEWEST_FOR_PERCENT = 5;

/**
 * How a period is drawn. solid: at least 20 reviews. bounded: so many could not be judged that a range stands in for the number. thin:
 * fewer than 20. unreviewed: outputs but no review. empty: no outputs at all.
 * The two unfinished states win over all of these.
 */
export type RowKind = "solid" | "bounded" | "thin" | "unreviewed" | "empty" | "in_progress" | "immature";

export interface ChartRow {
  start: string;
  end: string;
  name: string;
  /** Middle of the period in days since 1970. */
  at: number;
  kind: RowKind;
  estimate: AccuracyEstimate | null;
  /** On the line: only solid periods, so that nothing uncertain or missing is joined. */
  line: number | null;
  band: [number, number] | null;
  /** Around it: holds however often one looks. */
  outline: [number, number] | null;
  /** What an estimate is worth: its interval, or while its reviews still come in what holds however often one looks. */
  range: { low: number; high: number } | null;
  /** Holds however often one looks; null without reviews. */
  always: { low: number; high: number } | null;
  /** Interval as a vertical stroke: where there is no band to show it. */
  whisker: [number, number] | null;
  /** Against the pilot, of finished periods: its range is for one look. */
  gap: AccuracyGap | null;
  reviews: number;
  population: number;
  due: number;
}

/** As many as a browser draws without a stutter; the server sends no more, but its gaps are filled here. */
const MOST_ROWS = 400;

/** One row for every period from the first to the last point, the newest 400; periods without outputs become gaps. */
export function chartRows(series: AccuracySeries): ChartRow[] {
  const { period } = series.period;
  const byStart = new Map(series.points.map((point) => [point.start, point]));
  const first = series.points[0];
  const last = series.points.at(-1);
  if (!first || !last) return [];
  const rows: ChartRow[] = [];
  for (let start = first.start; start <= last.start; start = nextPeriod(start, period)) {
    const point = byStart.get(start);
    const end = point?.end ?? addDays(nextPeriod(start, period), -1);
    const estimate = point?.estimate ?? null;
    const kind = rowKind(point);
    const solid = kind === "solid" && estimate !== null;
    const always = point?.band ?? null;
    // An interval for one look says too much of a period that is looked at again and again while it fills.
    const range =
      kind === "in_progress" || kind === "immature"
        ? (always ?? estimate)
        : estimate && accuracyRange(estimate);
    rows.push({
      start,
      end,
      name: periodName(start, end, period),
      at: (dayNumber(start) + dayNumber(end) + 1) / 2,
      kind,
      estimate,
      line: solid ? estimate.mean : null,
      band: solid ? [estimate.low, estimate.high] : null,
      outline: solid && always ? [always.low, always.high] : null,
      range: range && { low: range.low, high: range.high },
      always,
      whisker: range && !solid && (estimate?.n ?? 0) >= FEWEST_FOR_PERCENT ? [range.low, range.high] : null,
      gap: point?.state === "complete" ? point.gap : null,
      reviews: estimate?.n ?? 0,
      population: point?.population ?? 0,
      due: point?.due ?? 0,
    });
  }
  return withLonePoints(rows.slice(-MOST_ROWS));
}

function rowKind(point: AccuracySeries["points"][number] | undefined): RowKind {
  if (!point) return "empty";
  if (point.state !== "complete") return point.state;
  if (!point.estimate) return "unreviewed";
  if (isBounded(point.estimate)) return "bounded";
  return point.estimate.n >= FEWEST_FOR_LINE ? "solid" : "thin";
}

/** A band needs two neighbours; a solid point between gaps shows its interval as a stroke. */
function withLonePoints(rows: ChartRow[]): ChartRow[] {
  return rows.map((row, index) => {
    const alone = !rows[index - 1]?.band && !rows[index + 1]?.band;
    return row.band && alone ? { ...row, whisker: row.band } : row;
  });
}

export interface AccuracyAxis {
  min: number;
  max: number;
  ticks: number[];
}

/** What the axis has to hold beside the points. */
export function axisEnds(
  rows: readonly { earlier: ChartRow | null }[],
  pilot: Pilot | null,
  floor: AccuracyFloor | null,
): number[] {
  return [
    ...rows.flatMap(({ earlier }) => (typeof earlier?.line === "number" ? [earlier.line] : [])),
    ...(pilot ? [pilot.estimate.low, pilot.estimate.high] : []),
    ...(floor ? [floor.accuracy] : []),
  ];
}

const STEPS = [0.005, 0.01, 0.02, 0.05, 0.1, 0.2];

/** A y axis that holds every line, band and pilot, with at most six steps. It need not start at 0; the chart says where. */
export function accuracyAxis(rows: readonly ChartRow[], also: readonly number[] = []): AccuracyAxis {
  const shown = rows.flatMap(({ estimate, range, outline }) =>
    estimate
      ? [{ mean: estimate.mean, n: estimate.n, ends: outline ?? (range ? [range.low, range.high] : []) }]
      : [],
  );
  // A range that rests on few reviews would flatten everything else: its stroke may leave the plot.
  const lows = shown.map(({ ends, mean, n }) => (n >= FEWEST_FOR_LINE ? Math.min(mean, ...ends) : mean));
  const highs = shown.map(({ ends, mean, n }) => (n >= FEWEST_FOR_LINE ? Math.max(mean, ...ends) : mean));
  const lowest = Math.min(...lows, ...also, 1);
  const highest = Math.max(...highs, ...also, 0);
  if (lowest > highest) return { min: 0, max: 1, ticks: [0, 0.2, 0.4, 0.6, 0.8, 1] };
  const room = Math.max((highest - lowest) * 0.06, 0.005);
  const from = Math.max(0, lowest - room);
  const to = Math.min(1, highest + room);
  const step = STEPS.find((each) => Math.ceil(to / each) - Math.floor(from / each) <= 6) ?? 0.2;
  const firstStep = Math.floor(from / step + 1e-9);
  const lastStep = Math.ceil(to / step - 1e-9);
  const ticks = Array.from({ length: lastStep - firstStep + 1 }, (_, index) =>
    round((firstStep + index) * step),
  );
  return { min: ticks[0] ?? 0, max: ticks.at(-1) ?? 1, ticks };
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
