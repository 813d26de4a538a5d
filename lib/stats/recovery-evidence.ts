import { betCount } from "./bet-grid";
import { logMeanWealth, type WeightClass } from "./evidence-from-counts";

/** ln 20: with this much evidence a segment counts as recovered, wrongly in at most 5 % of cases. */
export const recoveryThreshold = Math.log(20);

const logit = (share: number) => Math.log(share / (1 - share));

/**
 * Evidence (e-value) that accuracy has recovered after an incident, from the reviews since the fix.
 *
 * Formula: middle = (incident's accuracy + boundary) / 2; twelve accuracies q in equal steps of their logit from
 * middle + 0.01 to 0.995; E = mean over q of Π (1 + w (q − middle) (y − middle) / (middle (1 − middle)))^count,
 * y = 1 − d. For a middle above 0.975 the ends move to max(0.995, (1 + middle) / 2) and at most half way there.
 *
 * @param classes observations since the fix by weight and error, in any order.
 * @param incident accuracy during the incident and boundary m₀ that was undershot, shares, boundary in (0, 1).
 * @returns a natural logarithm, 0 without observations; recovered at `recoveryThreshold`. Null when the
 *   incident's accuracy is not below the boundary: there is nothing to recover from.
 * @throws RangeError when a share, weight, error or count is out of range.
 * @see Waudby-Smith & Ramdas, Journal of the Royal Statistical Society B 86, 2024, pages 1–27.
 * @example recoveryEvidence([{ weight: 1, error: 0, count: 50 }], { accuracy: 0.8, boundary: 0.9 }) // 6.95…
 */
export function recoveryEvidence(
  classes: readonly WeightClass[],
  incident: { accuracy: number; boundary: number },
): number | null {
  const { accuracy, boundary } = incident;
  if (!(accuracy >= 0 && accuracy <= 1 && boundary > 0 && boundary < 1)) {
    throw new RangeError(
      `The incident's accuracy must lie in 0 to 1 and the boundary inside of it, got ${accuracy} and ${boundary}.`,
    );
  }
  if (accuracy >= boundary) return null;
  const middle = (accuracy + boundary) / 2;
  const top = Math.max(0.995, (1 + middle) / 2);
  const first = logit(Math.min(middle + 0.01, (middle + top) / 2));
  const step = (logit(top) - first) / (betCount - 1);
  // A bet on right outputs is a bet against errors: λ (y − middle) = −λ (d − (1 − middle)).
  const bets = Array.from(
    { length: betCount },
    (_, k) => -(1 / (1 + Math.exp(-(first + step * k))) - middle) / (middle * (1 - middle)),
  );
  return logMeanWealth(classes, bets, 1 - middle);
}
