import { createHash } from "node:crypto";
import { calendarOf } from "@/lib/backtest/calendar";
import { drawNumbers, drawSample } from "@/lib/backtest/draw-sample";
import { makeHistory } from "@/lib/backtest/history";
import { replayStream } from "@/lib/backtest/replay-stream";
import type { Draw, SampledEpoch, Stream } from "@/lib/backtest/sampled-epoch";
import { labelledOutputs } from "@/lib/dev/replay/recorded-labels";
import type { RecordedSet } from "./recorded-set";
import type { SampleOptions } from "./sample-recorded";

/** The plan that createDefaultPlan writes; a recorded queue forgets nothing while its replay lasts. */
export const PLAN = {
  floorPerEpoch: 5,
  flaggedFactor: 3,
  rateRatioCap: 10,
  doubleReviewShare: 0.1,
  expectedPerDay: 1000,
  maturityDays: null,
};

export interface MemorySample {
  stream: Stream;
  draw: Draw;
  epochs: SampledEpoch[];
}

/**
 * The path of sample-recorded.ts without a database, so that many seeds are cheap. coverage.test.ts shows that both give the same
 * estimates to nine digits.
 */
export function sampleInMemory(set: RecordedSet, options: SampleOptions): MemorySample {
  const { reviewsPerWeek, attribute, seed, weeks } = options;
  const history = makeHistory(labelledOutputs(set.records, set.scores));
  const order = Int32Array.from({ length: history.count }, (_, place) => place);
  const stream = { history, order, calendar: calendarOf(history.instants) };
  const numbers = drawNumbers(history, coverageScope(seed));
  const draw = drawSample(history, numbers, {
    declareClusters: true,
    doubleReviewShare: PLAN.doubleReviewShare,
  });
  const plan = { ...PLAN, reviewsPerWeek, attribute };
  const epochs = replayStream(stream, draw, { plan, ...(weeks === undefined ? {} : { weeks }) });
  return { stream, draw, epochs };
}

/** Secret and scope of the projects of sample-recorded.ts. */
export function coverageScope(seed: number) {
  const secret = createHash("sha256").update(`coverage ${seed}`).digest("hex");
  return { secret, projectId: `seed ${seed}` };
}
