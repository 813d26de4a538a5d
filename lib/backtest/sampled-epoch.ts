import type { PlanNumbers } from "@/lib/sampling/plan-rates";
import type { StratumKey } from "@/lib/sampling/sampling-unit";
import type { CalendarWeek } from "./calendar";
import type { History } from "./history";

/** A history in the order in which it is replayed: as it was, or shuffled. */
export interface Stream {
  history: History;
  calendar: readonly CalendarWeek[];
  /** The output at each place in time; instants and phases belong to places, everything else to outputs. */
  order: Int32Array;
}

/** One random draw: what the sampling hash says about every output. */
export interface Draw {
  /** Of each output, in [0, 1). */
  randomNumbers: Float64Array;
  /** A second person judges it as well, if it is drawn. */
  secondLook: (output: number) => boolean;
}

/** How a replay spends its reviews: the numbers of a sampling plan. */
export interface ReplayPlan extends PlanNumbers {
  /** Each of its values gets reviews of its own; null: all outputs are drawn alike. */
  attribute: string | null;
  /** What nobody has looked at so many days after its day is served no longer; null: it stays in the queue. */
  maturityDays: number | null;
}

/** A stratum in one epoch; outputs are indices of the history. */
export interface SampledStratum {
  id: string;
  key: StratumKey;
  rate: number;
  target: number;
  pastError: number;
  /** All of them, in order of time. */
  outputs: number[];
  /** Those drawn, in the order of their random numbers. */
  candidates: number[];
  /** So many candidates, counted from the first, have been looked at. */
  looked: number;
  /** Judged so far: how many, and the sum of their errors. */
  reviewed: number;
  wrong: number;
}

/** One day, in which rates are frozen. */
export interface SampledEpoch {
  startsAt: number;
  /** Its rates were settled from its true volumes. */
  closed: boolean;
  /** Expected volume per stratum as it was at the opening, and the rate of a stratum that nobody expected. */
  forecast: Map<string, number>;
  unseenRate: number;
  strata: Map<string, SampledStratum>;
}
