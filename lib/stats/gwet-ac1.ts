import { checkConfidence } from "./argument-check";
import type { Label } from "./label-pair";
import { normalQuantile } from "./normal-quantile";

export type GwetAc1 = {
  /** 1: full agreement, 0: as much as by chance, below 0: less. */
  ac1: number;
  /** Limits of AC1, cut off at −1 and 1; null with fewer than two items. */
  low: number | null;
  high: number | null;
  standardError: number | null;
  /** Share of equal pairs of labels, averaged over the items with at least two, in [0, 1]. */
  agreement: number;
  /** Items with at least two labels. */
  pairableItems: number;
};

type Item = { size: number; counts: Map<Label, number> };

function countLabels(labels: readonly Label[]): Item {
  const counts = new Map<Label, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return { size: labels.length, counts };
}

function agreementOf({ size, counts }: Item): number {
  let same = 0;
  for (const count of counts.values()) same += count * (count - 1);
  return same / (size * (size - 1));
}

/** π_c: share of label c, averaged over the items. */
function labelShares(items: readonly Item[]): Map<Label, number> {
  const shares = new Map<Label, number>();
  for (const { size, counts } of items) {
    for (const [label, count] of counts) {
      shares.set(label, (shares.get(label) ?? 0) + count / size / items.length);
    }
  }
  return shares;
}

function checkCategories(categories: number, seen: number): void {
  if (!(Number.isInteger(categories) && categories >= Math.max(2, seen))) {
    throw new RangeError(
      `There must be at least two categories and the ${seen} that occur, got ${categories}.`,
    );
  }
}

/**
 * Gwet's AC1: agreement beyond chance of any number of reviewers, which stays telling when nearly all outputs are
 * right (where kappa and alpha fall although reviewers agree).
 *
 * Formula: p_a = mean over items with m_u ≥ 2 labels of Σ_c m_uc(m_uc − 1) / (m_u(m_u − 1)); π_c = mean of
 * m_uc / m_u over all labelled items; p_e = Σ π_c(1 − π_c) / (q − 1) for q categories; AC1 = (p_a − p_e)/(1 − p_e).
 * Interval AC1 ± z se, linearised: se² = Σ_u (x_u − AC1)² / (n(n − 1)) over the n labelled items, x_u =
 * [(n/n₂)(p_a,u − p_e) − 2(1 − AC1)(p_e,u − p_e)] / (1 − p_e), the first term only for the n₂ items with m_u ≥ 2,
 * p_e,u = Σ_c (m_uc/m_u)(1 − π_c) / (q − 1).
 *
 * @param items per item the labels that reviewers gave it; empty items do not count.
 * @param options categories: how many labels can occur, default those that do and at least 2; confidence in
 *   (0, 1), default 0.95.
 * @returns AC1 without unit; null when no item has two labels.
 * @throws RangeError when there are fewer categories than labels that occur, fewer than two or not a whole
 *   number, or the confidence is not strictly between 0 and 1.
 * @see Gwet, British J. of Mathematical and Statistical Psychology 61, 2008, equations 10–15 and section 5;
 *   Handbook of Inter-Rater Reliability, 4th ed. 2014, section 5.3.
 * @example gwetAc1([["right", "right"], ["right", "right"], ["right", "wrong"]])?.ac1 // 0.538…
 */
export function gwetAc1(
  items: readonly (readonly Label[])[],
  options: { categories?: number; confidence?: number } = {},
): GwetAc1 | null {
  const { confidence = 0.95 } = options;
  checkConfidence(confidence);
  const labelled = items.filter((labels) => labels.length > 0).map(countLabels);
  const shares = labelShares(labelled);
  const { categories = Math.max(2, shares.size) } = options;
  checkCategories(categories, shares.size);
  const pairable = labelled.filter(({ size }) => size >= 2);
  const n = labelled.length;
  const n2 = pairable.length;
  if (n2 === 0) return null;
  const agreement = pairable.reduce((sum, item) => sum + agreementOf(item), 0) / n2;
  let chance = 0;
  for (const share of shares.values()) chance += (share * (1 - share)) / (categories - 1);
  const ac1 = (agreement - chance) / (1 - chance);
  let squares = 0;
  for (const item of labelled) {
    let ownChance = 0;
    for (const [label, count] of item.counts) {
      ownChance += ((count / item.size) * (1 - (shares.get(label) ?? 0))) / (categories - 1);
    }
    const own = item.size >= 2 ? (n / n2) * (agreementOf(item) - chance) : 0;
    squares += ((own - 2 * (1 - ac1) * (ownChance - chance)) / (1 - chance) - ac1) ** 2;
  }
  const standardError = n < 2 ? null : Math.sqrt(squares / (n * (n - 1)));
  const half = standardError === null ? null : normalQuantile((1 + confidence) / 2) * standardError;
  return {
    ac1,
    low: half === null ? null : Math.max(-1, ac1 - half),
    high: half === null ? null : Math.min(1, ac1 + half),
    standardError,
    agreement,
    pairableItems: n2,
  };
}
