import type { WeightClass } from "@/lib/stats/evidence-from-counts";
import { recoveryEvidence, recoveryThreshold } from "@/lib/stats/recovery-evidence";

/** More than anybody waits for. */
const MOST_REVIEWS = 5000;

export interface RecoveryReading {
  recovered: boolean;
  /** About how many more reviews decide it when accuracy is back at `healthy`; null: more than 5,000, or 0 when it has recovered. */
  moreReviews: number | null;
}

/**
 * Whether the reviews since a fix show that accuracy has recovered, and else how many more would if it has. Null when there is
 * nothing to recover from: during the incident accuracy was not below the boundary.
 */
export function readRecovery(
  since: readonly WeightClass[],
  incident: { accuracy: number; boundary: number; healthy: number },
): RecoveryReading | null {
  const { accuracy, boundary, healthy } = incident;
  const now = recoveryEvidence(since, { accuracy, boundary });
  if (now === null) return null;
  if (now >= recoveryThreshold) return { recovered: true, moreReviews: 0 };
  const decides = (more: number) => {
    const further = [
      { weight: 1, error: 0, count: more * healthy },
      { weight: 1, error: 1, count: more * (1 - healthy) },
    ];
    return (recoveryEvidence([...since, ...further], { accuracy, boundary }) ?? 0) >= recoveryThreshold;
  };
  if (!decides(MOST_REVIEWS)) return { recovered: false, moreReviews: null };
  let [tooFew, enough] = [0, MOST_REVIEWS];
  while (enough - tooFew > 1) {
    const middle = Math.floor((tooFew + enough) / 2);
    if (decides(middle)) enough = middle;
    else tooFew = middle;
  }
  return { recovered: false, moreReviews: enough };
}
