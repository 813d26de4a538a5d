import { expect, it } from "vitest";
import { expectClose, readVectors } from "./testing/vectors";
import { wilsonInterval } from "./wilson-interval";

type Input = { successes: number; n: number; confidence: number };

it("matches statsmodels and R prop.test", () => {
  type Expected = { lower: number; upper: number };
  for (const { input, expected, tolerance } of readVectors<Input, Expected>("wilson", 43)) {
    const got = wilsonInterval(input.successes, input.n, input.confidence);
    expectClose(got?.low, expected.lower, tolerance);
    expectClose(got?.high, expected.upper, tolerance);
  }
});

it("has no answer without trials and refuses impossible arguments", () => {
  expect(wilsonInterval(0, 0)).toBeNull();
  expect(() => wilsonInterval(3, 2)).toThrow("Successes");
  expect(() => wilsonInterval(1, 2, 1)).toThrow("confidence");
});
