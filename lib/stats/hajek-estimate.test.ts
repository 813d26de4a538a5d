import { describe, expect, it } from "vitest";
import { accuracySumsOf } from "./accuracy-sums";
import { hajekEstimate } from "./hajek-estimate";
import { expectClose, readVectors } from "./testing/vectors";

type Expected = { estimate: number; se: number; htTotal: number; nEffKish: number };

describe("hajekEstimate", () => {
  it("matches R survey", () => {
    for (const { input, expected, tolerance } of readVectors<{ correct: number[]; pi: number[] }, Expected>(
      "hajek",
      9,
    )) {
      const weights = input.pi.map((pi) => 1 / pi);
      const got = hajekEstimate(input.correct, weights);
      expectClose(got?.mean, expected.estimate, tolerance);
      expectClose(got?.standardError, expected.se, tolerance);
      expectClose(got?.effectiveN, expected.nEffKish, tolerance);
      expectClose(accuracySumsOf(input.correct, weights).sumWY, expected.htTotal, tolerance);
    }
  });

  it("says null where there is nothing to say", () => {
    expect(hajekEstimate([], [])).toBeNull();
    expect(hajekEstimate([1], [3])).toEqual({ mean: 1, standardError: null, n: 1, effectiveN: 1 });
  });

  it("refuses impossible arguments", () => {
    expect(() => hajekEstimate([1], [1, 2])).toThrow("one weight per label");
    expect(() => hajekEstimate([1.1], [1])).toThrow("Every label");
    expect(() => hajekEstimate([Number.NaN], [1])).toThrow("Every label");
    expect(() => hajekEstimate([1], [0])).toThrow("Every weight");
  });
});
