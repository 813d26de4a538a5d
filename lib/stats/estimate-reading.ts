import type { Estimate } from "./accuracy-from-sums";

/** How an estimate may honestly be shown. */
export type EstimateReading =
  /** Too few for a percentage: "k wrong of n". */
  | "counts"
  /** Too many unsure samples for a single number: show `bounds`. */
  | "bounds"
  /** The mean with its interval. */
  | "mean";

const fewestForPercentage = 5;
const mostUnsure = 0.05;

/**
 * How an accuracy estimate may be shown.
 *
 * Formula: "counts" when n < 5; else "bounds" when the unsure share exceeds 5 %; else "mean".
 *
 * @param estimate n and unsure share (in [0, 1]) of the estimate.
 * @returns the reading.
 * @throws never.
 * @see Manski, Identification Problems in the Social Sciences, 1995, chapter 2.
 * @example estimateReading({ n: 143, unsureShare: 0.02 }) // "mean"
 */
export function estimateReading({ n, unsureShare }: Pick<Estimate, "n" | "unsureShare">): EstimateReading {
  if (n < fewestForPercentage) return "counts";
  return unsureShare > mostUnsure ? "bounds" : "mean";
}
