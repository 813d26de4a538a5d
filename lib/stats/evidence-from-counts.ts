import { checkNonNegative, checkShare } from "./argument-check";
import { betGrid } from "./bet-grid";
import { logMeanExp } from "./log-mean-exp";

/** Observations that have the same weight and the same error. */
export type WeightClass = {
  /** Relative to the largest weight that may occur, in (0, 1]. */
  weight: number;
  /** d in [0, 1]: 0 right, 1 wrong, fractions for merged clusters and graded rubrics. */
  error: number;
  /** How many, ≥ 0; fractions are allowed. */
  count: number;
};

export function checkWeightClasses(classes: readonly WeightClass[]): void {
  for (const { weight, error, count } of classes) {
    if (!(weight > 0 && weight <= 1)) {
      throw new RangeError(`Every weight must be above 0 and at most 1, got ${weight}.`);
    }
    checkShare(error, "Every error");
    checkNonNegative(count, "Every count");
  }
}

/**
 * Log wealth of a gambler who stakes fixed bets on errors, averaged over the bets (betting martingale).
 *
 * Formula: ln mean over λ of Π (1 + λ w (d − e₀))^count.
 *
 * @param classes observations by weight and error, in any order. @param bets n ≥ 1 numbers λ such that every
 *   factor is positive. @param boundaryError e₀ in (0, 1).
 * @returns a natural logarithm; 0 without observations.
 * @throws RangeError when a weight, error or count is out of range or a bet could lose everything.
 * @see Waudby-Smith & Ramdas, Journal of the Royal Statistical Society B 86, 2024, pages 1–27.
 * @example logMeanWealth([{ weight: 1, error: 1, count: 1 }], [2], 0.5) // ln 2
 */
export function logMeanWealth(
  classes: readonly WeightClass[],
  bets: readonly number[],
  boundaryError: number,
): number {
  checkWeightClasses(classes);
  const logs = bets.map((bet) => {
    let log = 0;
    for (const { weight, error, count } of classes) {
      const gain = bet * weight * (error - boundaryError);
      if (!(gain > -1)) throw new RangeError(`A bet must not lose everything, got a gain of ${gain}.`);
      log += count * Math.log1p(gain);
    }
    return log;
  });
  return logMeanExp(logs);
}

/**
 * Evidence (e-value) that the error rate of a slice exceeds the boundary, from counts.
 *
 * Formula: ln E = ln mean over the twelve bets λ of `betGrid` of Π (1 + λ w (d − e₀))^count. If the errors do
 * not exceed e₀ on average, E is at least 1/α with probability at most α, even when the outputs of the slice
 * differ from each other, as the bets are fixed beforehand.
 *
 * @param classes observations by weight and error, in any order.
 * @param boundaryError e₀ in [0.003, 0.95].
 * @returns a natural logarithm: 0 without observations, above 0 where the evidence is for a worse slice.
 * @throws RangeError when a weight, error, count or the boundary error is out of range.
 * @see Waudby-Smith & Ramdas 2024; Vovk & Wang, Annals of Statistics 49, 2021, pages 1736–1754.
 * @example evidenceFromCounts([{ weight: 1, error: 0, count: 5 }], 0.129) // −1.02…, and errors raise it
 */
export function evidenceFromCounts(classes: readonly WeightClass[], boundaryError: number): number {
  return logMeanWealth(classes, betGrid(boundaryError).bets, boundaryError);
}
