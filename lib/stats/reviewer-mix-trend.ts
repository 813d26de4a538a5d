import { checkConfidence, checkNonNegative } from "./argument-check";
import { clopperPearson } from "./clopper-pearson";
import type { Interval } from "./interval";
import { normalQuantile } from "./normal-quantile";
import { fitReviewerMix, type MixCell, type MixFit, shareAt } from "./reviewer-mix-fit";

/** What one reviewer found in one period. */
export type ReviewedBy = {
  period: string;
  reviewer: string;
  /** Judged outputs, above 0; with weights their effective number. */
  n: number;
  /** Weighted number found right, in [0, n]. */
  right: number;
};

export type MixPeriod = {
  period: string;
  n: number;
  /** Share found right by whoever reviewed, in [0, 1]. */
  plain: number;
  /** The same if everybody had reviewed their usual part; null when this period has no reviewer in common with most of the rest. */
  adjusted: (Interval & { mean: number }) | null;
  /** plain − adjusted with its limits: what who reviewed did to the number, in [−1, 1]. */
  mixEffect: (Interval & { mean: number }) | null;
};

/** Where all is right the fit stops this close to it: no effect of a mix. */
const rounding = 2e-4;

/** Numbers names in the order in which they come. */
function numbering(names: readonly string[]): Map<string, number> {
  return new Map([...new Set(names)].map((name, at) => [name, at]));
}

/** Cells that hang together by common reviewers or periods, the group with the most judged outputs. */
function mainGroup(cells: readonly ReviewedBy[]): ReviewedBy[] {
  let best: ReviewedBy[] = [];
  let left = [...cells];
  while (left.length > 0) {
    const group = left.slice(0, 1);
    left = left.slice(1);
    const periods = new Set(group.map(({ period }) => period));
    const reviewers = new Set(group.map(({ reviewer }) => reviewer));
    for (let found = 1; found > 0; ) {
      const joined = left.filter((cell) => periods.has(cell.period) || reviewers.has(cell.reviewer));
      found = joined.length;
      for (const { period, reviewer } of joined) {
        periods.add(period);
        reviewers.add(reviewer);
      }
      group.push(...joined);
      left = left.filter((cell) => !joined.includes(cell));
    }
    if (total(group) > total(best)) best = group;
  }
  return best;
}

function total(cells: readonly { n: number }[]): number {
  return cells.reduce((sum, { n }) => sum + n, 0);
}

/** Σ weight · share of the reviewers in a period, and its variance by the delta method. */
function meanOf(fit: MixFit, period: number, weights: readonly number[]): { mean: number; variance: number } {
  const shares = fit.reviewers.map((effect) => shareAt((fit.periods[period] ?? 0) + effect));
  const slopes = shares.map((p, at) => (weights[at] ?? 0) * p * (1 - p));
  const mean = shares.reduce((sum, p, at) => sum + (weights[at] ?? 0) * p, 0);
  const own = fit.own[period] ?? 1;
  const level = slopes.reduce((sum, slope) => sum + slope, 0);
  // The period's logit moves with its own reviews, and against what its reviewers are taken to be.
  const leaning = slopes.map((slope, at) => slope - (level * (fit.shared[period]?.[at] ?? 0)) / own);
  let variance = level ** 2 / own;
  for (const [i, row] of fit.covariance.entries())
    for (const [j, value] of row.entries()) variance += (leaning[i] ?? 0) * value * (leaning[j] ?? 0);
  return { mean, variance };
}

/**
 * Accuracy by period as if everybody had reviewed their usual part: a change of who reviews does not look like a change of the model.
 *
 * Formula: logit P(found right) = period + reviewer, fitted by maximum likelihood (reviewers' effects with a normal prior of standard deviation 2);
 * adjusted mean of a period = Σ s_r P(right | period, r), s_r = reviewer r's part of all judged outputs (marginal standardisation).
 * Variance by the delta method; limits of Clopper and Pearson with n_eff = min(n, m (1 − m) / variance). plain − adjusted has the same
 * form with weights t_r − s_r, t_r = the parts in the period; its limits are ± z standard errors. When the parts are the same in every
 * period, adjusted and plain are the same.
 *
 * @param cells what each reviewer found in each period, each pair once. @param confidence in (0, 1), default 0.95.
 * @returns one line per period in the order in which they come, shares in [0, 1].
 * @throws RangeError when n is not above 0 and finite, right is not in [0, n], a pair comes twice, or the confidence is not strictly
 *   between 0 and 1.
 * @see Muller & MacLehose, International J. of Epidemiology 43, 2014 (marginal standardisation); McCullagh & Nelder, Generalized Linear
 *   Models, 1989, section 2.5.
 * @example With a strict reviewer who finds 80 of 100 right and a lenient one with 95 of 100 in week one, and in week two 8 of 10 and
 *   171 of 180, plain rises from 0.875 to 0.942 and adjusted from 0.907 to 0.909
 */
export function reviewerMixTrend(cells: readonly ReviewedBy[], confidence = 0.95): MixPeriod[] {
  checkConfidence(confidence);
  checkCells(cells);
  const main = mainGroup(cells);
  const periods = numbering(main.map(({ period }) => period));
  const reviewers = numbering(main.map(({ reviewer }) => reviewer));
  const numbered = main.map(
    ({ period, reviewer, n, right }): MixCell => ({
      period: periods.get(period) ?? 0,
      reviewer: reviewers.get(reviewer) ?? 0,
      n,
      share: right / n,
    }),
  );
  const fit = fitReviewerMix(numbered, periods.size, reviewers.size);
  const usual = partsOf(numbered, reviewers.size);
  const z = normalQuantile((1 + confidence) / 2);
  return [...numbering(cells.map(({ period }) => period)).keys()].map((period) => {
    const own = cells.filter((cell) => cell.period === period);
    const n = total(own);
    const plain = Math.min(1, own.reduce((sum, { right }) => sum + right, 0) / n);
    const at = periods.get(period);
    if (at === undefined) return { period, n, plain, adjusted: null, mixEffect: null };
    const parts = partsOf(
      numbered.filter((cell) => cell.period === at),
      reviewers.size,
    );
    const standard = meanOf(fit, at, usual);
    const { variance } = meanOf(
      fit,
      at,
      parts.map((part, r) => part - (usual[r] ?? 0)),
    );
    const half = Math.max(rounding, z * Math.sqrt(variance));
    const effect = plain - Math.min(1, standard.mean);
    return {
      period,
      n,
      plain,
      adjusted: limitsOf(standard, n, confidence),
      mixEffect: { mean: effect, low: effect - half, high: effect + half },
    };
  });
}

function partsOf(cells: readonly MixCell[], reviewers: number): number[] {
  const all = total(cells);
  return Array.from(
    { length: reviewers },
    (_, at) => total(cells.filter(({ reviewer }) => reviewer === at)) / all,
  );
}

function limitsOf(
  { mean, variance }: { mean: number; variance: number },
  n: number,
  confidence: number,
): (Interval & { mean: number }) | null {
  const share = Math.min(1, Math.max(0, mean));
  const effectiveN = variance > 0 ? Math.min(n, (share * (1 - share)) / variance) : n;
  const limits = clopperPearson(Math.min(effectiveN, effectiveN * share), effectiveN, confidence);
  return limits && { mean: share, low: Math.min(share, limits.low), high: Math.max(share, limits.high) };
}

function checkCells(cells: readonly ReviewedBy[]): void {
  const seen = new Set<string>();
  for (const { period, reviewer, n, right } of cells) {
    checkNonNegative(n, "The number of judged outputs");
    if (!(n > 0 && right >= 0 && right <= n))
      throw new RangeError(`Right must lie between 0 and a number above 0, got ${right} of ${n}.`);
    const key = JSON.stringify([period, reviewer]);
    if (seen.has(key)) throw new RangeError(`${reviewer} comes twice in ${period}.`);
    seen.add(key);
  }
}
