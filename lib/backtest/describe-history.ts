import { DAY_MS } from "@/lib/sampling/open-epoch";
import { dayText } from "./calendar";
import { streamBoundaries } from "./pilot-boundaries";
import type { PreparedHistory, ReplaySettings } from "./run-draw";
import type { BacktestResult, BacktestSegment } from "./schema";

const DAYS_PER_YEAR = 365.25;
const MOST_SEGMENTS = 200;

export interface DescribedHistory
  extends Pick<BacktestResult, "history" | "weeks" | "segments" | "left_out"> {
  /** The number of each listed segment among the watched ones. */
  numbers: number[];
}

/** What a history is, whatever is replayed on it: its span, and by segment the accuracy over time and its boundary. */
export function describeHistory(prepared: PreparedHistory, settings: ReplaySettings): DescribedHistory {
  const { history, calendar, watched } = prepared;
  const order = Int32Array.from({ length: history.count }, (_, place) => place);
  const bounds = streamBoundaries({ history, calendar, order }, watched, settings);
  const production = productionWeeks(prepared);
  const all = watched.segments.map(
    (segment, number): BacktestSegment => ({
      attribute: segment.attribute,
      value: segment.value,
      ...traffic(production, number),
      pilot: pilotOf(bounds?.pilots[number]),
      boundary: bounds?.boundaries[number] ?? 0,
      own_boundary: bounds?.own[number] ?? false,
    }),
  );
  const numbers = [...all.keys()]
    .sort((a, b) => (all[b]?.outputs ?? 0) - (all[a]?.outputs ?? 0) || a - b)
    .filter((number) => (all[number]?.outputs ?? 0) > 0)
    .slice(0, MOST_SEGMENTS);
  return {
    history: facts(prepared),
    weeks: production.map(({ startsAt }) => dayText(startsAt)),
    segments: numbers.flatMap((number) => all[number] ?? []),
    left_out: all.length - numbers.length,
    numbers,
  };
}

/** Labelled outputs of each watched segment in a week of production, and the sum of their labels. */
interface ProductionWeek {
  startsAt: number;
  outputs: Float64Array;
  right: Float64Array;
}

function productionWeeks({ history, calendar, watched }: PreparedHistory): ProductionWeek[] {
  const length = watched.segments.length;
  return calendar.flatMap(({ startsAt, days }) => {
    const week = { startsAt, outputs: new Float64Array(length), right: new Float64Array(length) };
    let traffic = 0;
    for (const { from, to } of days) {
      for (let output = from; output < to; output += 1) {
        if (history.pilot[output] === 1) continue;
        traffic += 1;
        const score = history.scores[output] ?? Number.NaN;
        if (Number.isNaN(score)) continue;
        for (const segment of watched.of[output] ?? []) {
          week.outputs[segment] = (week.outputs[segment] ?? 0) + 1;
          week.right[segment] = (week.right[segment] ?? 0) + score;
        }
      }
    }
    return traffic > 0 ? [week] : [];
  });
}

function traffic(weeks: readonly ProductionWeek[], segment: number) {
  const outputs = weeks.map((week) => week.outputs[segment] ?? 0);
  const right = weeks.map((week) => week.right[segment] ?? 0);
  const total = outputs.reduce((sum, each) => sum + each, 0);
  return {
    outputs: total,
    accuracy: total > 0 ? share(right.reduce((sum, each) => sum + each, 0) / total) : null,
    week_outputs: outputs,
    week_accuracy: right.map((sum, at) => ((outputs[at] ?? 0) > 0 ? share(sum / (outputs[at] ?? 1)) : null)),
  };
}

function pilotOf(pilot: { n: number; mean: number } | null | undefined) {
  return pilot ? { n: pilot.n, accuracy: share(pilot.mean) } : null;
}

function share(value: number): number {
  return Math.min(1, Math.max(0, value));
}

function facts({ history }: PreparedHistory): BacktestResult["history"] {
  const { count, pilot, scores, instants } = history;
  const first = pilot.indexOf(0);
  const span = (instants[count - 1] ?? 0) - (instants[Math.max(0, first)] ?? 0);
  return {
    outputs: count,
    pilot_outputs: pilot.reduce((sum, each) => sum + each, 0),
    unknown: scores.reduce((sum, score) => sum + (Number.isNaN(score) ? 1 : 0), 0),
    clusters: history.clusterKeys.ends.length,
    first_day: dayText(instants[0] ?? 0),
    last_day: dayText(instants[count - 1] ?? 0),
    years: Math.max(DAY_MS, span) / DAY_MS / DAYS_PER_YEAR,
  };
}
