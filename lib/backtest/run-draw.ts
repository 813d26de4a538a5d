import { planThreshold, reviewsPerYear } from "@/lib/monitor/plan-threshold";
import { samplingHash } from "@/lib/stats/sampling-hash";
import { packedText } from "@/lib/stats/sampling-hash-many";
import { seededRandom } from "@/lib/stats/seeded-random";
import { calendarOf, type CalendarWeek } from "./calendar";
import { drawNumbers, drawSample, type DrawnNumbers } from "./draw-sample";
import type { History } from "./history";
import { type BoundarySettings, streamBoundaries } from "./pilot-boundaries";
import type { ReplayPlan } from "./sampled-epoch";
import { shuffleHistory } from "./shuffle-history";
import { type SegmentAlarm, type StreamAlarms, watchStream } from "./watch-stream";
import { type WatchedColumns, watchedColumns } from "./watched-columns";

/** How a history is replayed. */
export interface ReplaySettings extends BoundarySettings {
  /** The same seed gives the same draws. */
  seed: string;
  /** Reviews a week; each draw is replayed with every one of them. */
  budgets: readonly number[];
  plan: Omit<ReplayPlan, "reviewsPerWeek" | "maturityDays"> & { maturityDays: number };
  /** Watched besides the whole stream. */
  attributes: readonly string[];
  acceptedPerYear: number;
  unsureCountsWrong: boolean;
}

/** What every draw of a history has in common. */
export interface PreparedHistory {
  history: History;
  calendar: CalendarWeek[];
  watched: WatchedColumns;
  names: string[];
  /** Share of right outputs in each watched segment, over all of the history; NaN when none has a label. */
  accuracies: Float64Array;
}

/** Alarms of a stream in which nothing changes. */
export interface ShuffledAlarms {
  /** Of each segment that alarmed although its accuracy is not below its boundary: the number of its alarms. */
  false: [segment: number, alarms: number][];
  /** Alarms of segments whose accuracy is below their boundary: right, although nothing has changed. */
  right: number;
}

export interface BudgetOutcome {
  reviewsPerWeek: number;
  /** The first alarm of each segment on the history as it was. */
  alarms: SegmentAlarm[];
  /** Reviewed outputs that the detectors saw. */
  fed: number;
  /** On the same outputs with their time shuffled; the second one treats clusters the other way, null when there are none. */
  shuffled: ShuffledAlarms;
  shuffledOtherwise: ShuffledAlarms | null;
}

export interface DrawOutcome {
  draw: number;
  budgets: BudgetOutcome[];
}

export function prepareHistory(history: History, attributes: readonly string[]): PreparedHistory {
  const watched = watchedColumns(history, attributes);
  return {
    history,
    calendar: calendarOf(history.instants),
    watched,
    names: Array.from({ length: history.count }, (_, output) => packedText(history.externalIds, output)),
    accuracies: trueAccuracies(history, watched),
  };
}

function trueAccuracies({ scores, sourceProbabilities }: History, { segments, of }: WatchedColumns) {
  const right = new Float64Array(segments.length);
  const weights = new Float64Array(segments.length);
  for (const [output, score] of scores.entries()) {
    if (Number.isNaN(score)) continue;
    const weight = 1 / (sourceProbabilities[output] ?? 1);
    for (const segment of of[output] ?? []) {
      right[segment] = (right[segment] ?? 0) + weight * score;
      weights[segment] = (weights[segment] ?? 0) + weight;
    }
  }
  return right.map((sum, segment) => sum / (weights[segment] ?? 0));
}

/** Replays a history once with each budget, as it was and shuffled. The same seed and draw give the same outcome. */
export function runDraw(prepared: PreparedHistory, settings: ReplaySettings, draw: number): DrawOutcome {
  const scope = { secret: `backtest ${settings.seed}`, projectId: `draw ${draw}` };
  const numbers = drawNumbers(prepared.history, scope);
  const seed = samplingHash({ ...scope, salt: "shuffle-v1", unitKey: "order" }) * 2 ** 32;
  const inOrder = Int32Array.from({ length: prepared.history.count }, (_, place) => place);
  const shuffled = shuffleHistory(prepared.history, seededRandom(seed));
  const otherwise = { ...settings, declareClusters: !settings.declareClusters };
  const clustered = prepared.history.clusterKeys.ends.length > 0;
  return {
    draw,
    budgets: settings.budgets.map((reviewsPerWeek) => {
      const watch = (order: Int32Array, rules: ReplaySettings) =>
        watchOrder(prepared, numbers, { order, settings: rules, reviewsPerWeek });
      const real = watch(inOrder, settings);
      return {
        reviewsPerWeek,
        alarms: real.alarms.first,
        fed: real.alarms.fed,
        shuffled: judged(watch(shuffled, settings), prepared.accuracies),
        shuffledOtherwise: clustered ? judged(watch(shuffled, otherwise), prepared.accuracies) : null,
      };
    }),
  };
}

interface Watched {
  alarms: StreamAlarms;
  boundaries: Float64Array;
}

function watchOrder(
  { history, calendar, watched, names }: PreparedHistory,
  numbers: DrawnNumbers,
  run: { order: Int32Array; settings: ReplaySettings; reviewsPerWeek: number },
): Watched {
  const { settings, reviewsPerWeek, order } = run;
  const { declareClusters, plan } = settings;
  const stream = { history, calendar, order };
  const boundaries = streamBoundaries(stream, watched, settings);
  // Without a boundary nothing is watched.
  if (!boundaries)
    return { alarms: { first: [], counts: new Map(), fed: 0 }, boundaries: new Float64Array() };
  const { doubleReviewShare, maturityDays } = plan;
  const alarms = watchStream({
    stream,
    draw: drawSample(history, numbers, { declareClusters, doubleReviewShare }),
    watched,
    names,
    declareClusters,
    unsureCountsWrong: settings.unsureCountsWrong,
    maturityDays,
    plan: { ...plan, reviewsPerWeek },
    boundaries,
    threshold: replayThreshold(settings, reviewsPerWeek),
  });
  return { alarms, boundaries: boundaries.boundaries };
}

/** Evidence at which a detector alarms: as the product chooses it from the budget of false alarms. */
export function replayThreshold(settings: ReplaySettings, reviewsPerWeek: number): number {
  const { attributes, acceptedPerYear, plan } = settings;
  const watched = { attributes: [...attributes], accepted_per_year: acceptedPerYear };
  return planThreshold(watched, reviewsPerYear({ ...plan, reviewsPerWeek }));
}

function judged({ alarms, boundaries }: Watched, accuracies: Float64Array): ShuffledAlarms {
  const shuffled: ShuffledAlarms = { false: [], right: 0 };
  for (const [segment, count] of alarms.counts) {
    if ((accuracies[segment] ?? 0) >= (boundaries[segment] ?? 0)) shuffled.false.push([segment, count]);
    else shuffled.right += count;
  }
  return shuffled;
}
