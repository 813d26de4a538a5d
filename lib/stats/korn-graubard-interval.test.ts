import { expect, it } from "vitest";
import { kornGraubardInterval } from "./korn-graubard-interval";
import { expectClose, readVectors } from "./testing/vectors";

type Input = { correct: number[]; weights: number[]; confidence: number; strata?: string[] };
type Expected = { estimate: number; lower: number; upper: number };

it("matches svyciprop of R survey, with and without strata", () => {
  let stratified = 0;
  for (const { input, expected, tolerance } of readVectors<Input, Expected>("korn_graubard", 20)) {
    const { confidence, ...sample } = input;
    const got = kornGraubardInterval(sample, confidence);
    expectClose(got?.mean, expected.estimate, tolerance);
    expectClose(got?.low, expected.lower, tolerance);
    expectClose(got?.high, expected.upper, tolerance);
    if (sample.strata !== undefined) stratified += 1;
  }
  expect(stratified).toBe(10);
});

it("has no answer where no variance can be seen", () => {
  expect(kornGraubardInterval({ correct: [], weights: [] })).toBeNull();
  expect(kornGraubardInterval({ correct: [1], weights: [1] })).toBeNull();
  expect(kornGraubardInterval({ correct: [1, 1, 1], weights: [1, 2, 3] })).toBeNull();
  expect(
    kornGraubardInterval({ correct: [1, 0, 1], weights: [1, 2, 3], strata: ["a", "a", "b"] }),
  ).toBeNull();
  expect(
    kornGraubardInterval({ correct: [1, 1, 0, 0], weights: [1, 1, 1, 1], strata: ["a", "a", "b", "b"] }),
  ).toBeNull();
});

it("refuses impossible arguments", () => {
  const good = { correct: [1, 0], weights: [1, 2] };
  expect(() => kornGraubardInterval({ ...good, strata: ["a"] })).toThrow("one stratum per label");
  expect(() => kornGraubardInterval({ ...good, weights: [1] })).toThrow("one weight per label");
  expect(() => kornGraubardInterval(good, 1)).toThrow("confidence");
});
