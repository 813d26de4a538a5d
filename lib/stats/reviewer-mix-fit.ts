import { invertMatrix } from "./invert-matrix";

/** Judged outputs of one reviewer in one period. */
export type MixCell = {
  period: number;
  reviewer: number;
  /** Judged outputs, fractions allowed. */
  n: number;
  /** Share found right, in [0, 1]. */
  share: number;
};

export type MixFit = {
  /** Logits of the periods, and how much more often each reviewer finds an output right. */
  periods: number[];
  reviewers: number[];
  /** Information of each period alone, and of each period with each reviewer. */
  own: number[];
  shared: number[][];
  /** Covariance of the reviewers' effects. */
  covariance: number[][];
};

/** Reviewers differ by one or two logits: keeps one who never found an error from running away. */
const priorPrecision = 0.25;
/** Beyond, a share is 0 or 1 for all purposes. */
const mostLogit = 9;
const steps = 60;
const tolerance = 1e-10;

export function shareAt(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}

function clamp(logit: number): number {
  return Math.min(mostLogit, Math.max(-mostLogit, logit));
}

/** logit p = period + reviewer, by Newton's method with the periods eliminated; the reviewers' effects lean towards 0. */
export function fitReviewerMix(cells: readonly MixCell[], periods: number, reviewers: number): MixFit {
  let fit: MixFit = {
    periods: startOf(cells, periods),
    reviewers: Array.from({ length: reviewers }, () => 0),
    own: [],
    shared: [],
    covariance: [],
  };
  for (let step = 0; step < steps; step += 1) {
    const { next, change } = improve(cells, fit);
    fit = next;
    if (change < tolerance) break;
  }
  return fit;
}

/** The logit of each period as if everybody judged alike. */
function startOf(cells: readonly MixCell[], periods: number): number[] {
  const totals = Array.from({ length: periods }, () => ({ n: 0, right: 0 }));
  for (const { period, n, share } of cells) {
    const total = totals[period];
    if (!total) continue;
    total.n += n;
    total.right += n * share;
  }
  return totals.map(({ n, right }) => clamp(Math.log(right / (n - right))));
}

function improve(cells: readonly MixCell[], fit: MixFit): { next: MixFit; change: number } {
  const own = fit.periods.map(() => 0);
  const periodSlope = fit.periods.map(() => 0);
  const shared = fit.periods.map(() => fit.reviewers.map(() => 0));
  const slope = fit.reviewers.map((effect) => -priorPrecision * effect);
  const curvature = fit.reviewers.map((_, i) => fit.reviewers.map((__, j) => (i === j ? priorPrecision : 0)));
  for (const { period, reviewer, n, share } of cells) {
    const p = shareAt((fit.periods[period] ?? 0) + (fit.reviewers[reviewer] ?? 0));
    const weight = n * p * (1 - p);
    add(own, period, weight);
    add(periodSlope, period, n * (share - p));
    add(slope, reviewer, n * (share - p));
    add(shared[period] ?? [], reviewer, weight);
    add(curvature[reviewer] ?? [], reviewer, weight);
  }
  for (const [period, row] of shared.entries()) {
    for (const [i, left] of row.entries()) {
      add(slope, i, (-left * (periodSlope[period] ?? 0)) / (own[period] ?? 1));
      for (const [j, right] of row.entries())
        add(curvature[i] ?? [], j, (-left * right) / (own[period] ?? 1));
    }
  }
  const covariance = invertMatrix(curvature);
  const moves = covariance.map((row) => row.reduce((sum, value, j) => sum + value * (slope[j] ?? 0), 0));
  const shifts = shared.map((row, period) => {
    const taken = row.reduce((sum, value, j) => sum + value * (moves[j] ?? 0), 0);
    return ((periodSlope[period] ?? 0) - taken) / (own[period] ?? 1);
  });
  const next = {
    own,
    shared,
    covariance,
    periods: fit.periods.map((logit, at) => clamp(logit + short(shifts[at] ?? 0))),
    reviewers: fit.reviewers.map((effect, at) => effect + short(moves[at] ?? 0)),
  };
  const change = Math.max(
    ...next.periods.map((logit, at) => Math.abs(logit - (fit.periods[at] ?? 0))),
    ...next.reviewers.map((effect, at) => Math.abs(effect - (fit.reviewers[at] ?? 0))),
  );
  return { next, change };
}

/** Newton's step may overshoot where nearly everything is right. */
function short(step: number): number {
  return Math.max(-1, Math.min(1, step));
}

function add(sums: number[], at: number, value: number): void {
  sums[at] = (sums[at] ?? 0) + value;
}
