import { checkNonNegative, checkShare } from "./argument-check";

export type SegmentSide = {
  /** Traffic of the segment in this phase, ≥ 0: a share or a count, on one scale per phase. */
  share: number;
  /** In [0, 1]; null when nothing of the segment was judged. */
  accuracy: number | null;
  /** Of the accuracy; null (fewer than two labels) counts as the largest possible, ½ / √n. */
  standardError: number | null;
  /** Judged observations. */
  n: number;
  /** Σ w² of the sample that the share was added up from, in the square of its unit; absent where traffic was counted. */
  shareSquares?: number;
};

export type SegmentShare = { segment: string; before: SegmentSide; after: SegmentSide };

export type SegmentEffect = {
  segment: string;
  mix: number;
  rate: number;
  rateStandardError: number;
  /** Of all the traffic of its phase, in [0, 1]. */
  shareBefore: number;
  shareAfter: number;
  /** In [0, 1]; null where the segment has no traffic or no review. */
  accuracyBefore: number | null;
  accuracyAfter: number | null;
};

export type NewSegment = {
  segment: string;
  /** Of the traffic after, in (0, 1]. */
  share: number;
  /** In [0, 1]. */
  accuracy: number;
  /** share · (its accuracy − accuracy before). */
  effect: number;
  standardError: number;
};

export type MixAndRate = {
  /** Accuracy after minus before, in [−1, 1]; mix + rate + the effects of the new segments. */
  gap: number;
  /** What the changed composition of the traffic did. */
  mix: number;
  mixStandardError: number;
  /** What changed accuracy inside segments did. */
  rate: number;
  rateStandardError: number;
  /** Terms of mix and rate, in the given order, "other" last. */
  perSegment: SegmentEffect[];
  newSegments: NewSegment[];
  /** Segments that were joined into "other" for want of reviews. */
  merged: string[];
  /** Gap of the totals minus the gap of the segments: what traffic without segment or reviews hides; 0 without totals. */
  unexplained: number;
};

const fewestReviews = 5;
const otherName = "other";

type Side = { share: number; accuracy: number | null; variance: number; squares: number };
type Segment = { segment: string; before: Side; after: Side };

function checkSide(
  { share, accuracy, standardError, n, shareSquares = 0 }: SegmentSide,
  segment: string,
): void {
  checkNonNegative(share, `The share of segment ${segment}`);
  checkNonNegative(shareSquares, `The squares of the share of segment ${segment}`);
  checkNonNegative(n, `The number of reviews of segment ${segment}`);
  if (accuracy !== null) checkShare(accuracy, `The accuracy of segment ${segment}`);
  if (standardError !== null) checkNonNegative(standardError, `The standard error of segment ${segment}`);
  if (accuracy !== null && n === 0) {
    throw new RangeError(`Segment ${segment} has an accuracy without a review.`);
  }
}

function sideOf({ share, accuracy, standardError, n, shareSquares = 0 }: SegmentSide, total: number): Side {
  const variance = standardError === null ? 0.25 / Math.max(1, n) : standardError ** 2;
  return { share: share / total, accuracy, variance, squares: shareSquares / total / total };
}

/** Shares added, accuracy averaged by share over the members that have one. */
function poolSides(sides: readonly Side[]): Side {
  const known = sides.filter(({ share, accuracy }) => share > 0 && accuracy !== null);
  const weight = known.reduce((sum, { share }) => sum + share, 0);
  return {
    share: sides.reduce((sum, { share }) => sum + share, 0),
    accuracy:
      weight > 0
        ? known.reduce((sum, { share, accuracy }) => sum + (share / weight) * (accuracy ?? 0), 0)
        : null,
    variance: known.reduce((sum, { share, variance }) => sum + (share / weight) ** 2 * variance, 0),
    squares: sides.reduce((sum, { squares }) => sum + squares, 0),
  };
}

/** Too few reviews on a side on which the segment has traffic. */
function isTooSmall({ before, after }: SegmentShare): boolean {
  return [before, after].some(
    ({ share, accuracy, n }) => share > 0 && (n < fewestReviews || accuracy === null),
  );
}

function joinSmall(
  segments: readonly SegmentShare[],
  totals: { before: number; after: number },
): { joined: Segment[]; merged: string[] } {
  const withSides = segments.map((given) => ({
    segment: given.segment,
    before: sideOf(given.before, totals.before),
    after: sideOf(given.after, totals.after),
  }));
  const small = new Set(segments.filter(isTooSmall).map(({ segment }) => segment));
  if (small.size === 0) return { joined: withSides, merged: [] };
  const isOther = ({ segment }: Segment) => segment === otherName || small.has(segment);
  const members = withSides.filter(isOther);
  const other = {
    segment: otherName,
    before: poolSides(members.map(({ before }) => before)),
    after: poolSides(members.map(({ after }) => after)),
  };
  return {
    joined: [...withSides.filter((segment) => !isOther(segment)), other],
    merged: [...small].filter((segment) => segment !== otherName),
  };
}

type Known = {
  segment: string;
  p: number;
  q: number;
  a: number;
  b: number;
  varianceA: number;
  varianceB: number;
  squaresP: number;
  squaresQ: number;
  /** Judged on both sides; else one side stands for both and no change is claimed. */
  isPaired: boolean;
  own: { a: number | null; b: number | null };
};

/** Where one side has no accuracy it takes the one of the other: no change inside the segment is claimed. */
function withAccuracy(segments: readonly Segment[]): Known[] {
  return segments.flatMap(({ segment, before, after }): Known[] => {
    const a = before.share > 0 ? before.accuracy : null;
    const b = after.share > 0 ? after.accuracy : null;
    const shares = { p: before.share, q: after.share, squaresP: before.squares, squaresQ: after.squares };
    const known = { segment, ...shares, own: { a, b } };
    if (a !== null && b !== null)
      return [{ ...known, a, b, varianceA: before.variance, varianceB: after.variance, isPaired: true }];
    const one = a ?? b;
    if (one === null) return [];
    const { variance } = a === null ? after : before;
    return [{ ...known, a: one, b: one, varianceA: variance, varianceB: variance, isPaired: false }];
  });
}

const changeVariance = ({ isPaired, varianceA, varianceB }: Known) => (isPaired ? varianceA + varianceB : 0);
const meanVariance = ({ isPaired, varianceA, varianceB }: Known) =>
  isPaired ? (varianceA + varianceB) / 4 : varianceA;

function sumOf<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((sum, item) => sum + value(item), 0);
}

/** Variance of Σ share · value by chance of which outputs were drawn: Σ_s (Σ v²) (value_s − Σ share · value)². */
function shareVariance(scaled: readonly Known[], value: (known: Known) => number): number {
  const meanP = sumOf(scaled, (known) => known.p * value(known));
  const meanQ = sumOf(scaled, (known) => known.q * value(known));
  return sumOf(
    scaled,
    (known) => known.squaresP * (value(known) - meanP) ** 2 + known.squaresQ * (value(known) - meanQ) ** 2,
  );
}

/** Kitagawa's terms of the segments that had traffic before, which are `weight` of the traffic after. */
function decompose(old: readonly Known[], weight: number) {
  const allP = sumOf(old, ({ p }) => p) || 1;
  const allQ = sumOf(old, ({ q }) => q) || 1;
  const scaled = old.map((known) => ({
    ...known,
    p: known.p / allP,
    q: known.q / allQ,
    squaresP: known.squaresP / allP ** 2,
    squaresQ: known.squaresQ / allQ ** 2,
  }));
  const accuracyBefore = sumOf(scaled, ({ p, a }) => p * a);
  const reference = (accuracyBefore + sumOf(scaled, ({ q, b }) => q * b)) / 2;
  const spread = (square: (known: Known) => number, value: (known: Known) => number) =>
    weight * Math.sqrt(sumOf(scaled, square) + shareVariance(scaled, value));
  return {
    accuracyBefore,
    varianceBefore: sumOf(scaled, ({ p, varianceA }) => p ** 2 * varianceA),
    perSegment: scaled.map((known, s) => ({
      segment: known.segment,
      mix: weight * (known.q - known.p) * ((known.a + known.b) / 2 - reference),
      rate: weight * ((known.p + known.q) / 2) * (known.b - known.a),
      rateStandardError: weight * ((known.p + known.q) / 2) * Math.sqrt(changeVariance(known)),
      shareBefore: old[s]?.p ?? 0,
      shareAfter: old[s]?.q ?? 0,
      accuracyBefore: known.own.a,
      accuracyAfter: known.own.b,
    })),
    rateStandardError: spread(
      (known) => ((known.p + known.q) / 2) ** 2 * changeVariance(known),
      ({ a, b }) => (b - a) / 2,
    ),
    mixStandardError: spread(
      (known) => (known.q - known.p) ** 2 * meanVariance(known),
      ({ a, b }) => (a + b) / 2,
    ),
  };
}

function totalShare(segments: readonly SegmentShare[], phase: "before" | "after"): number {
  const total = sumOf(segments, (segment) => segment[phase].share);
  if (!(total < Infinity)) throw new RangeError("The sum of the shares must be finite.");
  return total;
}

function checkSegments(segments: readonly SegmentShare[]): void {
  const names = new Set(segments.map(({ segment }) => segment));
  if (names.size < segments.length) throw new RangeError("Every segment may be given only once.");
  for (const { segment, before, after } of segments) {
    checkSide(before, segment);
    checkSide(after, segment);
  }
}

/**
 * Gap of accuracy between two phases, split into a mix effect (other traffic) and a rate effect (other accuracy
 * on the same traffic): Kitagawa's decomposition, also called Oaxaca-Blinder.
 *
 * Formula, with traffic shares P_s, Q_s and accuracies a_s, b_s before and after: mix = Σ (Q_s − P_s)
 * ((a_s + b_s)/2 − r), r = (Σ P a + Σ Q b)/2; rate = Σ (P_s + Q_s)/2 · (b_s − a_s), with se² =
 * Σ ((P_s + Q_s)/2)² (se_a² + se_b²); mix + rate = gap. Where shares are counted, the mix has se² =
 * Σ ((Q_s − P_s)/2)² (se_a² + se_b²); where they are added up from a sample with weights v (Σ v = 1), each side adds
 * Σ_s (Σ_s v²) (c_s − Σ share c)², c = (a + b)/2 for the mix and (b − a)/2 for the rate. A segment without traffic before (share N_s after) has its own line
 * N_s (b_s − accuracy before); the rest is renormalised, decomposed and counts 1 − Σ N_s. A segment with traffic
 * and fewer than 5 reviews on a side is joined into "other". What has no traffic or no review on one side keeps
 * its accuracy of the other; what was judged on neither side is left out.
 *
 * @param segments segments of one attribute, disjoint; shares are scaled to add up to 1 per phase.
 * @param totals accuracies in [0, 1] that are shown for all the traffic; what they leave unexplained is stated.
 * @returns effects and their standard error in the unit of accuracy (0 to 1); null when a phase has no traffic
 *   or no review, so that there is no gap.
 * @throws RangeError when a segment is given twice, a share or standard error is negative or not finite, an
 *   accuracy is outside 0 to 1, or there is an accuracy without reviews.
 * @see Kitagawa, JASA 50, 1955, pages 1168–1194; Oaxaca, International Economic Review 14, 1973 (two-fold form
 *   with pooled weights ½); Särndal, Swensson & Wretman 1992, section 5.5 (linearised variance of a weighted mean).
 * @example With a: 0.5 of the traffic at 0.9 before, 0.2 at 0.8 after; b: 0.5 at 0.7, then 0.8 at 0.7,
 *   mixAndRate([a, b]) // gap −0.08 = mix −0.045 + rate −0.035
 */
export function mixAndRate(
  segments: readonly SegmentShare[],
  totals?: { before: number; after: number },
): MixAndRate | null {
  checkSegments(segments);
  if (totals) {
    checkShare(totals.before, "The accuracy before");
    checkShare(totals.after, "The accuracy after");
  }
  for (const phase of ["before", "after"] as const) {
    totalShare(segments, phase);
    const judged = segments.some(({ [phase]: side }) => side.share > 0 && side.accuracy !== null);
    if (!judged) return null;
  }
  const { joined, merged } = joinSmall(segments, {
    before: totalShare(segments, "before"),
    after: totalShare(segments, "after"),
  });
  const known = withAccuracy(joined);
  const allQ = sumOf(known, ({ q }) => q) || 1;
  const fresh = known.filter(({ p }) => p === 0);
  const freshShare = sumOf(fresh, ({ q }) => q) / allQ;
  const old = known.filter(({ p }) => p > 0);
  const { accuracyBefore, varianceBefore, ...split } = decompose(old, 1 - freshShare);
  const { perSegment } = split;
  const newSegments = fresh.map(({ segment, q, b, varianceB }) => ({
    segment,
    share: q / allQ,
    accuracy: b,
    effect: (q / allQ) * (b - accuracyBefore),
    standardError: (q / allQ) * Math.sqrt(varianceB + varianceBefore),
  }));
  const mix = sumOf(perSegment, (effect) => effect.mix);
  const rate = sumOf(perSegment, (effect) => effect.rate);
  const gap = mix + rate + sumOf(newSegments, ({ effect }) => effect);
  const unexplained = totals ? totals.after - totals.before - gap : 0;
  return { gap, mix, rate, ...split, newSegments, merged, unexplained };
}
