import fc from "fast-check";
import { expect, it } from "vitest";
import { recoveryEvidence, recoveryThreshold } from "./recovery-evidence";
import { expectClose } from "./testing/vectors";
import { weightClasses } from "./testing/weight-class-arbitrary";

/** The likelihood ratios as written down, for equal weights. */
function likelihoodRatio(right: number, wrong: number, middle: number): number {
  const logit = (share: number) => Math.log(share / (1 - share));
  const [first, last] = [logit(middle + 0.01), logit(0.995)];
  let sum = 0;
  for (let k = 0; k < 12; k += 1) {
    const q = 1 / (1 + Math.exp(-(first + ((last - first) * k) / 11)));
    sum += (q / middle) ** right * ((1 - q) / (1 - middle)) ** wrong;
  }
  return Math.log(sum / 12);
}

it("is the mean likelihood ratio against half way between the incident and the boundary", () => {
  for (const [right, wrong, accuracy, boundary] of [
    [50, 0, 0.8, 0.9],
    [50, 5, 0.8, 0.9],
    [10, 40, 0.8, 0.9],
    [120, 6, 0.85, 0.95],
    [0, 0, 0.3, 0.5],
  ] as const) {
    const classes = [
      { weight: 1, error: 0, count: right },
      { weight: 1, error: 1, count: wrong },
    ];
    const expected = likelihoodRatio(right, wrong, (accuracy + boundary) / 2);
    expectClose(recoveryEvidence(classes, { accuracy, boundary }), expected, 1e-12);
  }
  expect(recoveryThreshold).toBeCloseTo(Math.log(20), 14);
});

it("falls with every error and stays a number near the ends", () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(
      weightClasses,
      share,
      fc.double({ min: 0.05, max: 0.997, noNaN: true }),
      (classes, part, boundary) => {
        const incident = { accuracy: boundary * part * 0.999_999, boundary };
        const evidence = recoveryEvidence(classes, incident);
        expect(Number.isFinite(evidence)).toBe(true);
        const worse = classes.map((each) => ({ ...each, error: Math.min(1, each.error + 0.1) }));
        expect(recoveryEvidence(worse, incident)).toBeLessThanOrEqual((evidence ?? 0) + 1e-9);
      },
    ),
  );
});

it("has a mean of 1 where accuracy is still half way", () => {
  const [n, middle] = [15, 0.9];
  let mean = 0;
  let chance = middle ** n;
  for (let wrong = 0; wrong <= n; wrong += 1) {
    const classes = [
      { weight: 0.4, error: 1, count: wrong },
      { weight: 0.4, error: 0, count: n - wrong },
    ];
    mean += chance * Math.exp(recoveryEvidence(classes, { accuracy: 0.85, boundary: 0.95 }) ?? 0);
    chance *= ((n - wrong) / (wrong + 1)) * ((1 - middle) / middle);
  }
  expect(mean).toBeCloseTo(1, 9);
});

it("has nothing to recover from where the incident was not below the boundary", () => {
  expect(recoveryEvidence([], { accuracy: 0.9, boundary: 0.9 })).toBeNull();
  expect(recoveryEvidence([], { accuracy: 0.95, boundary: 0.9 })).toBeNull();
  expect(recoveryEvidence([], { accuracy: 0.8, boundary: 0.9 })).toBe(0);
  for (const [accuracy, boundary] of [
    [-0.1, 0.9],
    [Number.NaN, 0.9],
    [0.5, 1],
    [0.5, 0],
  ] as const)
    expect(() => recoveryEvidence([], { accuracy, boundary })).toThrow("boundary");
});
