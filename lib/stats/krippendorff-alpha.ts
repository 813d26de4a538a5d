import { checkConfidence } from "./argument-check";
import type { Label } from "./label-pair";
import { normalQuantile } from "./normal-quantile";

export type KrippendorffAlpha = {
  /** 1: full agreement, 0: as much as by chance, below 0: less. */
  alpha: number;
  /** Limits of alpha, cut off at −1 and 1; null when leaving out some item leaves one label only. */
  low: number | null;
  high: number | null;
  /** By leaving out one item at a time; null in the same case. */
  standardError: number | null;
  /** Items with at least two labels. */
  pairableItems: number;
};

type Item = { size: number; counts: Map<Label, number>; disagreement: number };

function itemOf(labels: readonly Label[]): Item {
  const counts = new Map<Label, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  const size = labels.length;
  let pairs = size * (size - 1);
  for (const count of counts.values()) pairs -= count * (count - 1);
  return { size, counts, disagreement: pairs / (size - 1) };
}

type Totals = { n: number; squares: number; disagreement: number };

/** 1 − D_o/D_e with D_o = Σ disagreement and D_e = (n² − Σ n_c²)/(n − 1), all whole numbers but D_o. */
function alphaOf({ n, squares, disagreement }: Totals): number | null {
  const expected = n * n - squares;
  return expected <= 0 ? null : 1 - (disagreement * (n - 1)) / expected;
}

/** Standard error by leaving out one item at a time. */
function jackknife(items: readonly Item[], all: Totals, labelCounts: Map<Label, number>): number | null {
  const alphas: number[] = [];
  for (const { size, counts, disagreement } of items) {
    let squares = all.squares;
    for (const [label, count] of counts) {
      const total = labelCounts.get(label) ?? 0;
      squares += (total - count) ** 2 - total ** 2;
    }
    const alpha = alphaOf({ n: all.n - size, squares, disagreement: all.disagreement - disagreement });
    if (alpha === null) return null;
    alphas.push(alpha);
  }
  const m = alphas.length;
  const mean = alphas.reduce((sum, alpha) => sum + alpha, 0) / m;
  return Math.sqrt(((m - 1) / m) * alphas.reduce((sum, alpha) => sum + (alpha - mean) ** 2, 0));
}

/**
 * Krippendorff's alpha for nominal labels: agreement beyond chance of any number of reviewers, some of whom may
 * not have labelled an item.
 *
 * Formula: over items with m_u ≥ 2 labels, n = Σ m_u, n_c = labels c: D_o = Σ_u [m_u(m_u − 1) − Σ_c m_uc(m_uc − 1)]
 * / (m_u − 1), D_e = (n² − Σ n_c²) / (n − 1), α = 1 − D_o / D_e. Interval α ± z se with the jackknife
 * se² = (m − 1)/m Σ_u (α_(−u) − mean)² over the m items, deterministic. From 0.8 good, 0.67 to 0.8 tentative.
 *
 * @param items per item the labels that reviewers gave it; items of fewer than two do not count.
 * @param confidence in (0, 1), default 0.95.
 * @returns alpha without unit; null when fewer than two different labels occur (D_e = 0: nothing can be told
 *   from chance) or no item has two labels.
 * @throws RangeError when the confidence is not strictly between 0 and 1.
 * @see Krippendorff, Content Analysis, 4th ed. 2018, section 12.3; Efron & Stein, Annals of Statistics 9, 1981
 *   (jackknife).
 * @example krippendorffAlpha([["right", "right"], ["wrong", "right"], ["wrong", "wrong"]])?.alpha // 0.444…
 */
export function krippendorffAlpha(
  items: readonly (readonly Label[])[],
  confidence = 0.95,
): KrippendorffAlpha | null {
  checkConfidence(confidence);
  const pairable = items.filter((labels) => labels.length >= 2).map(itemOf);
  const labelCounts = new Map<Label, number>();
  const all: Totals = { n: 0, squares: 0, disagreement: 0 };
  for (const { size, counts, disagreement } of pairable) {
    all.n += size;
    all.disagreement += disagreement;
    for (const [label, count] of counts) labelCounts.set(label, (labelCounts.get(label) ?? 0) + count);
  }
  for (const count of labelCounts.values()) all.squares += count * count;
  const alpha = alphaOf(all);
  if (alpha === null) return null;
  const standardError = jackknife(pairable, all, labelCounts);
  const half = standardError === null ? null : normalQuantile((1 + confidence) / 2) * standardError;
  return {
    alpha,
    low: half === null ? null : Math.max(-1, alpha - half),
    high: half === null ? null : Math.min(1, alpha + half),
    standardError,
    pairableItems: pairable.length,
  };
}
