import { wilsonInterval } from "@/lib/stats/wilson-interval";

/* Whether truths and reviews come as soon as in the pilot: pure. */

/** Outputs that are old enough to have a label, and how many had one in time. */
export interface LabelShare {
  outputs: number;
  inTime: number;
}

/** Fewer say nothing, in the pilot and now. */
export const FEWEST_LABELS = 100;
/** A pilot in which fewer had a label promises none. */
const LEAST_PILOT_SHARE = 0.5;
const TOLERANCE = 0.02;
/** One in twenty of half years without a change, looked at once a day, has a false finding at most. */
const CONFIDENCE = 1 - (2 * 0.05) / 180;

/**
 * Of outputs of a certain age: whether clearly fewer have a label than in the pilot at that age ("late"), about as many ("normal"), or
 * nobody knows. Null where the pilot has nothing to compare with.
 */
export function judgeLabels(pilot: LabelShare, now: LabelShare): "late" | "unclear" | "normal" | null {
  if (pilot.outputs < FEWEST_LABELS || pilot.inTime < LEAST_PILOT_SHARE * pilot.outputs) return null;
  const expected = (wilsonInterval(pilot.inTime, pilot.outputs)?.low ?? 0) - TOLERANCE;
  if (now.outputs < FEWEST_LABELS) return "unclear";
  const high = wilsonInterval(now.inTime, now.outputs, CONFIDENCE)?.high ?? 1;
  if (high < expected) return "late";
  return now.inTime / now.outputs >= expected ? "normal" : "unclear";
}

const USUAL_SHARE = 0.9;
const MOST_DAYS = 60;

/** Age in whole days at which nine in ten of the pilot's labels had come; at least one day. */
export function usualDelayDays(delaysDays: readonly number[]): number {
  const sorted = delaysDays.toSorted((a, b) => a - b);
  const at = sorted[Math.min(sorted.length - 1, Math.floor(USUAL_SHARE * sorted.length))] ?? 0;
  return Math.min(MOST_DAYS, Math.max(1, Math.ceil(at)));
}
