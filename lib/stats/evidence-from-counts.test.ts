import fc from "fast-check";
import { expect, it } from "vitest";
import { evidenceFromCounts, logMeanWealth, type WeightClass } from "./evidence-from-counts";
import { expectClose, readVectors } from "./testing/vectors";
import { weightClasses } from "./testing/weight-class-arbitrary";

const boundary = fc.double({ min: 0.003, max: 0.95, noNaN: true });

it("matches the likelihood ratios of scipy", () => {
  type Input = { e0: number; classes: { w: number; errors: number; correct: number }[] };
  for (const { input, expected, tolerance } of readVectors<Input, { logE: number }>("evalue_counts", 16)) {
    const classes = input.classes.flatMap(({ w: weight, errors, correct }) => [
      { weight, error: 1, count: errors },
      { weight, error: 0, count: correct },
    ]);
    expectClose(evidenceFromCounts(classes, input.e0), expected.logE, tolerance);
  }
});

it("is the wealth of the authors' betting martingale for one bet", () => {
  type Input = { y: number[]; m: number; lambda: number };
  for (const { input, expected, tolerance } of readVectors<Input, { logWealth: number[] }>(
    "betting_martingale",
    9,
  )) {
    expect(expected.logWealth).toHaveLength(input.y.length);
    for (const [i, log] of expected.logWealth.entries()) {
      const classes = input.y.slice(0, i + 1).map((y) => ({ weight: 1, error: 1 - y, count: 1 }));
      expectClose(logMeanWealth(classes, [-input.lambda], 1 - input.m), log, tolerance);
    }
  }
});

it("rises with every error and does not depend on order or on how classes are split", () => {
  fc.assert(
    fc.property(weightClasses, boundary, (classes, boundaryError) => {
      const evidence = evidenceFromCounts(classes, boundaryError);
      expect(Number.isFinite(evidence)).toBe(true);
      const halves = classes.map((each) => ({ ...each, count: each.count / 2 }));
      expectClose(evidenceFromCounts([...halves, ...halves.reverse()], boundaryError), evidence, 1e-11);
      const worse = classes.map((each) => ({ ...each, error: Math.min(1, each.error + 0.1) }));
      expect(evidenceFromCounts(worse, boundaryError)).toBeGreaterThanOrEqual(evidence);
    }),
  );
});

it("has a mean of at most 1 where the slice is as good as the boundary", () => {
  for (const [boundaryError, weight] of [
    [0.05, 1],
    [0.2, 0.3],
    [0.9, 1],
  ] as const) {
    const n = 12;
    let mean = 0;
    let chance = (1 - boundaryError) ** n;
    for (let wrong = 0; wrong <= n; wrong += 1) {
      const classes = [
        { weight, error: 1, count: wrong },
        { weight, error: 0, count: n - wrong },
      ];
      mean += chance * Math.exp(evidenceFromCounts(classes, boundaryError));
      chance *= ((n - wrong) / (wrong + 1)) * (boundaryError / (1 - boundaryError));
    }
    expect(mean).toBeCloseTo(1, 9);
  }
});

it("is 0 without observations and refuses impossible arguments", () => {
  expect(evidenceFromCounts([], 0.05)).toBe(0);
  const good: WeightClass = { weight: 1, error: 0, count: 3 };
  expect(() => evidenceFromCounts([{ ...good, weight: 0 }], 0.05)).toThrow("Every weight");
  expect(() => evidenceFromCounts([{ ...good, weight: 1.01 }], 0.05)).toThrow("Every weight");
  expect(() => evidenceFromCounts([{ ...good, error: Number.NaN }], 0.05)).toThrow("Every error");
  expect(() => evidenceFromCounts([{ ...good, count: -1 }], 0.05)).toThrow("Every count");
  expect(() => evidenceFromCounts([{ ...good, count: Infinity }], 0.05)).toThrow("Every count");
  expect(() => evidenceFromCounts([good], 0.001)).toThrow("boundary error");
  expect(() => logMeanWealth([good], [2], 0.5)).toThrow("lose everything");
  expect(() => logMeanWealth([good], [], 0.5)).toThrow("at least one");
});
