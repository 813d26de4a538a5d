/** What a load of a page cost; times in milliseconds. */
export interface PageVitals {
  /** First contentful paint. */
  firstPaintMs: number;
  /** Largest contentful paint. */
  paintMs: number;
  /** What tasks of the main thread take beyond 50 ms each. */
  blockedMs: number;
  /** Cumulative layout shift. */
  shift: number;
}

interface Curve {
  weight: number;
  /** Scores 0.9. */
  p10: number;
  /** Scores 0.5. */
  median: number;
}

/*
 * Control points and weights of Lighthouse 10 and later for desktop (core/audits/metrics/*.js, core/config/default-config.js).
 * Its speed index (weight 10) needs a film of the page and is left out; the other weights are shared out anew.
 */
const CURVES: Readonly<Record<keyof PageVitals, Curve>> = {
  firstPaintMs: { weight: 10, p10: 934, median: 1600 },
  paintMs: { weight: 25, p10: 1200, median: 2400 },
  blockedMs: { weight: 30, p10: 150, median: 350 },
  shift: { weight: 25, p10: 0.1, median: 0.25 },
};

/** erfc⁻¹(2 × 0.1) */
const INVERSE_ERFC_ONE_FIFTH = 0.9061938024368232;

/** Lighthouse's score of performance, 0 to 100. */
export function pageScore(vitals: PageVitals): number {
  let [sum, weights] = [0, 0];
  for (const [name, curve] of Object.entries(CURVES) as [keyof PageVitals, Curve][]) {
    sum += curve.weight * metricScore(vitals[name], curve);
    weights += curve.weight;
  }
  return Math.round((100 * sum) / weights);
}

/**
 * The share of a log-normal distribution that is above the value: 0.9 at p10, 0.5 at the median. As Lighthouse does
 * (shared/statistics.js, core/audits/audit.js), a good one is lifted a little, and all are cut to hundredths.
 */
export function metricScore(value: number, { p10, median }: Pick<Curve, "p10" | "median">): number {
  if (!(value >= 0)) throw new RangeError(`A page cannot have cost ${value}.`);
  if (value === 0) return 1;
  const standardized = (Math.log(value / median) * INVERSE_ERFC_ONE_FIFTH) / -Math.log(p10 / median);
  const share = (1 - errorFunction(standardized)) / 2;
  const lifted = share > 0.9 ? share + 0.05 * (share - 0.9) : share;
  // The approximation of erf is off by up to 1.5e-7, which must not cut the control points themselves down.
  return Math.min(1, Math.floor(lifted * 100 + 1e-4) / 100);
}

/** Abramowitz and Stegun, 7.1.26: off by at most 1.5e-7. */
function errorFunction(x: number): number {
  const t = 1 / (1 + 0.3275911 * Math.abs(x));
  const terms = [0.254829592, -0.284496736, 1.421413741, -1.453152027, 1.061405429];
  const sum = terms.reduceRight((rest, term) => t * (term + rest), 0);
  return Math.sign(x) * (1 - sum * Math.exp(-x * x));
}
