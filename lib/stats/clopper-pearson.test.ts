import { expect, it } from "vitest";
import { clopperPearson } from "./clopper-pearson";
import { expectClose, readVectors } from "./testing/vectors";

type Input = { successes: number; n: number; confidence: number };

it("matches statsmodels and R binom.test", () => {
  type Expected = { lower: number; upper: number };
  for (const { input, expected, tolerance } of readVectors<Input, Expected>("clopper_pearson", 43)) {
    const got = clopperPearson(input.successes, input.n, input.confidence);
    expectClose(got?.low, expected.lower, tolerance);
    expectClose(got?.high, expected.upper, tolerance);
  }
});

it("has no answer without trials and refuses impossible arguments", () => {
  expect(clopperPearson(0, 0)).toBeNull();
  for (const [x, n] of [
    [3, 2],
    [-1, 2],
    [Number.NaN, 2],
    [1, Infinity],
  ] as const) {
    expect(() => clopperPearson(x, n)).toThrow("Successes");
  }
  for (const confidence of [0, 1, Number.NaN])
    expect(() => clopperPearson(1, 2, confidence)).toThrow("confidence");
});
