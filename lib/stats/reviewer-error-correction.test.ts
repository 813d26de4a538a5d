import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clopperPearson } from "./clopper-pearson";
import { correctReviewerErrors } from "./reviewer-error-correction";
import { seededRandom } from "./testing/seeded-random";
import { expectClose, readVectors } from "./testing/vectors";

type Input = {
  reviewed: number;
  calledWrong: number;
  goldWrong: number;
  goldWrongCalledWrong: number;
  goldRight: number;
  goldRightCalledRight: number;
  confidence: number;
};
type Expected = { errorRate: number; accuracy: number; accuracyLower: number; accuracyUpper: number };

const perfect = { wrong: 40, wrongCalledWrong: 40, right: 60, rightCalledRight: 60 };

describe("correctReviewerErrors", () => {
  it("matches the estimate of Rogan and Gladen and the limits of Lang and Reiczigel", () => {
    for (const { input, expected, tolerance } of readVectors<Input, Expected>(
      "reviewer_error_correction",
      6,
    )) {
      const gold = {
        wrong: input.goldWrong,
        wrongCalledWrong: input.goldWrongCalledWrong,
        right: input.goldRight,
        rightCalledRight: input.goldRightCalledRight,
      };
      const { accuracy } = correctReviewerErrors(input, gold, input.confidence);
      expectClose(accuracy?.mean, expected.accuracy, tolerance);
      expectClose(1 - (accuracy?.mean ?? 9), expected.errorRate, tolerance);
      expectClose(accuracy?.low, expected.accuracyLower, tolerance);
      expectClose(accuracy?.high, expected.accuracyUpper, tolerance);
    }
  });

  it("has limits around its mean in 0 to 1, or a reason, and is never NaN", () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const sizes = fc.tuple(fc.double({ min: 0, max: 500, noNaN: true }), fc.nat(50), fc.nat(50));
    fc.assert(
      fc.property(sizes, share, share, share, ([reviewed, wrong, right], p, se, sp) => {
        const gold = {
          wrong,
          wrongCalledWrong: Math.round(wrong * se),
          right,
          rightCalledRight: Math.round(right * sp),
        };
        const { accuracy, reason } = correctReviewerErrors({ reviewed, calledWrong: reviewed * p }, gold);
        expect(accuracy === null).toBe(reason !== null);
        if (!accuracy) return;
        expect(accuracy.low).toBeGreaterThanOrEqual(0);
        expect(accuracy.low).toBeLessThanOrEqual(accuracy.mean);
        expect(accuracy.mean).toBeLessThanOrEqual(accuracy.high);
        expect(accuracy.high).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("covers the truth in at least 95 % of samples where the uncorrected interval does not", () => {
    const random = seededRandom(71);
    const hits = (n: number, chance: number) =>
      Array.from({ length: n }, random).filter((u) => u < chance).length;
    const [truth, se, sp] = [0.97, 0.8, 0.97];
    const seen = (1 - truth) * se + truth * (1 - sp);
    const runs = 2000;
    let corrected = 0;
    let raw = 0;
    for (let run = 0; run < runs; run += 1) {
      const counts = { reviewed: 300, calledWrong: hits(300, seen) };
      const gold = { wrong: 60, wrongCalledWrong: hits(60, se), right: 90, rightCalledRight: hits(90, sp) };
      const { accuracy } = correctReviewerErrors(counts, gold);
      if (accuracy && accuracy.low <= truth && truth <= accuracy.high) corrected += 1;
      const plain = clopperPearson(300 - counts.calledWrong, 300);
      if (plain && plain.low <= truth && truth <= plain.high) raw += 1;
    }
    const least = 0.95 - 3 * Math.sqrt((0.95 * 0.05) / runs);
    expect(corrected / runs).toBeGreaterThanOrEqual(least);
    expect(corrected / runs).toBeLessThan(1);
    expect(raw / runs).toBeLessThan(0.8);
  });

  it("changes nothing for reviewers without an error", () => {
    const counts = { reviewed: 300, calledWrong: 40 };
    expect(correctReviewerErrors(counts, perfect).accuracy?.mean).toBeCloseTo(1 - 40 / 300, 12);
  });

  it("refuses with a reason where nothing can be corrected", () => {
    const counts = { reviewed: 100, calledWrong: 10 };
    expect(correctReviewerErrors({ reviewed: 0, calledWrong: 0 }, perfect).reason).toBe("no-reviews");
    const noWrong = { ...perfect, wrong: 0, wrongCalledWrong: 0 };
    const noRight = { ...perfect, right: 0, rightCalledRight: 0 };
    expect(correctReviewerErrors(counts, noWrong).reason).toBe("no-gold");
    expect(correctReviewerErrors(counts, noRight).reason).toBe("no-gold");
    const guessing = { wrong: 40, wrongCalledWrong: 20, right: 60, rightCalledRight: 36 };
    expect(correctReviewerErrors(counts, guessing).reason).toBe("unreliable-reviewers");
    const oneEach = { wrong: 1, wrongCalledWrong: 1, right: 1, rightCalledRight: 1 };
    expect(correctReviewerErrors(counts, oneEach).reason).toBeNull();
  });

  it("refuses impossible arguments", () => {
    const counts = { reviewed: 100, calledWrong: 10 };
    for (const calledWrong of [-1, 101, Number.NaN]) {
      expect(() => correctReviewerErrors({ ...counts, calledWrong }, perfect)).toThrow("Called wrong");
    }
    expect(() => correctReviewerErrors(counts, { ...perfect, wrongCalledWrong: 41 })).toThrow("gold items");
    expect(() => correctReviewerErrors(counts, perfect, 0)).toThrow("confidence");
  });
});
