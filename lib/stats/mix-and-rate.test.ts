import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mixAndRate, type SegmentShare, type SegmentSide } from "./mix-and-rate";
import { seededRandom } from "./testing/seeded-random";
import { expectClose, readVectors } from "./testing/vectors";

type Counts = { segment: string; n: number; correct: number };
type Expected = {
  gap: number;
  mixEffect: number;
  rateEffect: number;
  rateEffectSe: number;
  perSegment: { segment: string; mix: number; rate: number }[];
};

const nothing: SegmentSide = { share: 0, accuracy: null, standardError: null, n: 0 };

function side(n: number, correct: number, share = n): SegmentSide {
  const accuracy = n > 0 ? correct / n : null;
  const standardError = accuracy === null ? null : Math.sqrt((accuracy * (1 - accuracy)) / n);
  return { share, accuracy, standardError, n };
}

const anySide = fc
  .tuple(fc.nat(40), fc.nat(40), fc.constantFrom(0, 0.1, 1, 3, 20))
  .map(([n, right, share]) => side(n, Math.min(n, right), share));
const anySegments: fc.Arbitrary<SegmentShare[]> = fc
  .array(fc.tuple(anySide, anySide), { minLength: 1, maxLength: 8 })
  .map((pairs) => pairs.map(([before, after], s) => ({ segment: `s${s}`, before, after })));

function meanOf(sides: readonly SegmentSide[]): number {
  const judged = sides.filter(({ share, accuracy }) => share > 0 && accuracy !== null);
  const total = judged.reduce((sum, { share }) => sum + share, 0);
  return judged.reduce((sum, { share, accuracy }) => sum + (share / total) * (accuracy ?? 0), 0);
}

describe("mixAndRate", () => {
  it("matches statsmodels' two-fold decomposition with pooled weights", () => {
    for (const { input, expected, tolerance } of readVectors<
      { pilot: Counts[]; production: Counts[] },
      Expected
    >("kitagawa", 6)) {
      const segments = input.pilot.map(({ segment, n, correct }, s) => ({
        segment,
        before: side(n, correct),
        after: side(input.production[s]?.n ?? 0, input.production[s]?.correct ?? 0),
      }));
      const got = mixAndRate(segments);
      expectClose(got?.gap, expected.gap, tolerance);
      expectClose(got?.mix, expected.mixEffect, tolerance);
      expectClose(got?.rate, expected.rateEffect, tolerance);
      expectClose(got?.rateStandardError, expected.rateEffectSe, tolerance);
      expect(got?.perSegment).toHaveLength(expected.perSegment.length);
      for (const [s, terms] of expected.perSegment.entries()) {
        expect(got?.perSegment[s]?.segment).toBe(terms.segment);
        expectClose(got?.perSegment[s]?.mix, terms.mix, tolerance);
        expectClose(got?.perSegment[s]?.rate, terms.rate, tolerance);
      }
    }
  });

  it("adds up to the gap of the two means wherever everything was judged", () => {
    fc.assert(
      fc.property(anySegments, (segments) => {
        const complete = segments.every(({ before, after }) =>
          [before, after].every(({ share, n }) => share === 0 || n > 0),
        );
        fc.pre(complete);
        const got = mixAndRate(segments);
        const judged = (phase: "before" | "after") => segments.some((segment) => segment[phase].share > 0);
        expect(got === null).toBe(!(judged("before") && judged("after")));
        if (!got) return;
        const gap = meanOf(segments.map(({ after }) => after)) - meanOf(segments.map(({ before }) => before));
        expect(got.gap).toBeCloseTo(gap, 12);
      }),
    );
  });

  it("never gives NaN, adds up, and does not care about the scale of the shares or the order", () => {
    fc.assert(
      fc.property(anySegments, (segments) => {
        const got = mixAndRate(segments);
        if (!got) return;
        const { gap, mix, rate, rateStandardError, perSegment, newSegments } = got;
        for (const value of [gap, mix, rate, rateStandardError]) expect(value).not.toBeNaN();
        const effects = newSegments.reduce((sum, { effect }) => sum + effect, 0);
        expect(mix + rate + effects).toBeCloseTo(gap, 12);
        expect(perSegment.reduce((sum, effect) => sum + effect.mix + effect.rate, effects)).toBeCloseTo(
          gap,
          12,
        );
        const other = mixAndRate(
          segments
            .map(({ segment, before, after }) => ({
              segment,
              before: { ...before, share: 7 * before.share },
              after: { ...after, share: after.share / 3 },
            }))
            .reverse(),
        );
        expect(other?.mix).toBeCloseTo(mix, 12);
        expect(other?.rate).toBeCloseTo(rate, 12);
        expect(other?.rateStandardError).toBeCloseTo(rateStandardError, 12);
      }),
    );
  });

  it("turns its signs when before and after change places and nothing is new", () => {
    const forth = { segment: "a", before: side(50, 45), after: side(20, 16) };
    const stay = { segment: "b", before: side(50, 35), after: side(80, 50) };
    const swap = (s: SegmentShare) => ({ segment: s.segment, before: s.after, after: s.before });
    const got = mixAndRate([forth, stay]);
    const back = mixAndRate([swap(forth), swap(stay)]);
    expectClose(back?.mix, -(got?.mix ?? 0), 1e-12);
    expectClose(back?.rate, -(got?.rate ?? 0), 1e-12);
  });

  it("puts a segment that is new in production on its own line", () => {
    const got = mixAndRate([
      { segment: "old", before: side(100, 90, 1), after: side(100, 80, 0.75) },
      { segment: "new", before: nothing, after: side(20, 10, 0.25) },
    ]);
    expectClose(got?.newSegments[0]?.effect, 0.25 * (0.5 - 0.9), 1e-12);
    expect(got?.newSegments).toMatchObject([{ segment: "new", share: 0.25 }]);
    expectClose(got?.rate, 0.75 * (0.8 - 0.9), 1e-12);
    expectClose(got?.mix, 0, 1e-12);
    expectClose(got?.gap, 0.75 * 0.8 + 0.25 * 0.5 - 0.9, 1e-12);
  });

  it("gives a segment that is gone its old accuracy: mix only", () => {
    const got = mixAndRate([
      { segment: "stays", before: side(100, 90, 0.5), after: side(100, 90, 1) },
      { segment: "gone", before: side(100, 50, 0.5), after: nothing },
    ]);
    expectClose(got?.mix, 0.2, 1e-12);
    expect(got?.rate).toBe(0);
    expect(got?.perSegment[1]).toMatchObject({ segment: "gone", rate: 0 });
  });

  it("joins segments of fewer than five reviews on a side into other, with an own segment of that name", () => {
    const segments = [
      { segment: "big", before: side(100, 90), after: side(100, 85) },
      { segment: "four before", before: side(4, 3, 10), after: side(30, 20) },
      { segment: "four after", before: side(30, 20), after: side(4, 2, 30) },
      { segment: "five", before: side(5, 4), after: side(5, 4) },
      { segment: "other", before: side(50, 40), after: side(50, 40) },
    ];
    const got = mixAndRate(segments);
    expect(got?.merged).toEqual(["four before", "four after"]);
    expect(got?.perSegment.map(({ segment }) => segment)).toEqual(["big", "five", "other"]);
    const gap = meanOf(segments.map(({ after }) => after)) - meanOf(segments.map(({ before }) => before));
    expectClose(got?.gap, gap, 1e-12);
  });

  it("claims no change where nothing was judged on a side, and leaves out what was judged on neither", () => {
    const big = { segment: "big", before: side(100, 90, 0.5), after: side(100, 90, 0.5) };
    const unseen = { segment: "unseen", before: side(40, 10, 0.5), after: side(0, 0, 0.5) };
    expect(mixAndRate([big, unseen])).toMatchObject({ gap: 0, mix: 0, rate: 0, merged: ["unseen"] });
    const dark = { segment: "dark", before: side(0, 0, 0.5), after: side(0, 0, 0.5) };
    expect(mixAndRate([big, dark])).toMatchObject({ gap: 0, rate: 0, perSegment: [{ segment: "big" }] });
    const freshDark = { segment: "dark", before: nothing, after: side(0, 0, 0.5) };
    expect(mixAndRate([big, freshDark])).toMatchObject({ gap: 0, newSegments: [] });
  });

  it("states what given totals leave unexplained", () => {
    const segments = [{ segment: "a", before: side(10, 9), after: side(10, 8) }];
    expect(mixAndRate(segments)?.unexplained).toBe(0);
    expectClose(mixAndRate(segments, { before: 0.9, after: 0.7 })?.unexplained, -0.1, 1e-12);
  });

  it("takes the largest standard error where none is known", () => {
    const unknown = { ...side(25, 25), standardError: null };
    const got = mixAndRate([{ segment: "a", before: unknown, after: side(25, 25) }]);
    expectClose(got?.rateStandardError, 0.5 / 5, 1e-12);
  });

  it("gives standard errors that are those of repeated sampling", () => {
    const random = seededRandom(5);
    const truth = [
      { segment: "a", p: 0.6, q: 0.2, a: 0.95, b: 0.9 },
      { segment: "b", p: 0.4, q: 0.5, a: 0.7, b: 0.75 },
      { segment: "new", p: 0, q: 0.3, a: 0, b: 0.6 },
    ];
    const n = 80;
    const draw = (share: number, accuracy: number) => {
      const right = Array.from({ length: n }).filter(() => random() < accuracy).length;
      return share > 0 ? side(n, right, share) : nothing;
    };
    const runs = Array.from({ length: 3000 }, () =>
      mixAndRate(
        truth.map(({ segment, p, q, a, b }) => ({ segment, before: draw(p, a), after: draw(q, b) })),
      ),
    );
    const spread = (of: (run: NonNullable<(typeof runs)[number]>) => number) => {
      const values = runs.map((run) => (run ? of(run) : Number.NaN));
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
    };
    const stated = (of: (run: NonNullable<(typeof runs)[number]>) => number) =>
      Math.sqrt(runs.reduce((sum, run) => sum + (run ? of(run) ** 2 : Number.NaN), 0) / runs.length);
    expectClose(stated((run) => run.mixStandardError) / spread((run) => run.mix), 1, 0.03);
    expectClose(stated((run) => run.rateStandardError) / spread((run) => run.rate), 1, 0.03);
    const newError = (run: NonNullable<(typeof runs)[number]>) => run.newSegments[0]?.standardError ?? 0;
    expectClose(stated(newError) / spread((run) => run.newSegments[0]?.effect ?? 0), 1, 0.03);
    const perSegment = (run: NonNullable<(typeof runs)[number]>) => run.perSegment[1];
    const own = (run: NonNullable<(typeof runs)[number]>) => perSegment(run)?.rateStandardError ?? 0;
    expectClose(stated(own) / spread((run) => perSegment(run)?.rate ?? 0), 1, 0.03);
    expect(runs[0]?.perSegment[0]).toMatchObject({ shareBefore: 0.6, shareAfter: 0.2 });
  });

  it("gives the example of its comment", () => {
    const got = mixAndRate([
      { segment: "a", before: side(10, 9, 0.5), after: side(10, 8, 0.2) },
      { segment: "b", before: side(10, 7, 0.5), after: side(10, 7, 0.8) },
    ]);
    expectClose(got?.gap, -0.08, 1e-12);
    expectClose(got?.mix, -0.045, 1e-12);
    expectClose(got?.rate, -0.035, 1e-12);
  });

  it("has no answer when a phase has no traffic or no review", () => {
    const full = side(10, 9);
    for (const empty of [nothing, side(0, 0, 5), side(10, 9, 0)]) {
      expect(mixAndRate([{ segment: "a", before: empty, after: full }])).toBeNull();
      expect(mixAndRate([{ segment: "a", before: full, after: empty }])).toBeNull();
    }
    expect(mixAndRate([])).toBeNull();
  });

  it("refuses impossible arguments", () => {
    const full = side(10, 9);
    const one = (before: SegmentSide) => [{ segment: "a", before, after: full }];
    expect(() => mixAndRate(one({ ...full, share: -1 }))).toThrow("The share of segment a");
    expect(() => mixAndRate(one({ ...full, accuracy: 1.1 }))).toThrow("The accuracy of segment a");
    expect(() => mixAndRate(one({ ...full, standardError: Number.NaN }))).toThrow("The standard error");
    expect(() => mixAndRate(one({ ...full, n: 0 }))).toThrow("without a review");
    expect(() => mixAndRate([...one(full), ...one(full)])).toThrow("only once");
    expect(() => mixAndRate(one(full), { before: 2, after: 0 })).toThrow("The accuracy before");
    const huge = { ...full, share: 1e308 };
    const both = ["a", "b"].map((segment) => ({ segment, before: huge, after: huge }));
    expect(() => mixAndRate(both)).toThrow("must be finite");
  });
});
