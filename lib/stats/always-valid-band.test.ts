import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { alwaysValidBand } from "./always-valid-band";
import { logMeanWealth, type WeightClass } from "./evidence-from-counts";
import { betaBinomialBand } from "./testing/beta-binomial-band";
import { expectClose, readVectors } from "./testing/vectors";
import { weightClasses } from "./testing/weight-class-arbitrary";

type Input = {
  kind: "betaBinomial" | "weightedMixture";
  alpha: number;
  correct?: number;
  n?: number;
  a?: number;
  b?: number;
  classes?: { w: number; correct: number; errors: number }[];
};
type Expected = { lower: number; upper: number; "logM_at_0.9"?: number };

const bets = Array.from({ length: 60 }, (_, k) => (k < 30 ? ((k + 0.5) / 30) ** (1 / 9) : (k - 29.5) / 30));

/** ln M(m) as written down, by way of the gambler's wealth. */
function logM(classes: readonly WeightClass[], m: number): number {
  return logMeanWealth(
    classes,
    bets.map((q) => -(q - m) / (m * (1 - m))),
    1 - m,
  );
}

function countsOf(right: number, wrong: number, weight = 1): WeightClass[] {
  return [
    { weight, error: 0, count: right },
    { weight, error: 1, count: wrong },
  ];
}

describe("alwaysValidBand", () => {
  it("matches the weighted mixture of numpy, and its closed form that of scipy", () => {
    const compared = { betaBinomial: 0, weightedMixture: 0 };
    for (const { input, expected, tolerance } of readVectors<Input, Expected>("confidence_sequence", 23)) {
      const { kind, classes = [], alpha, correct = 0, n = 0, a = 0, b = 0 } = input;
      const own = classes.flatMap((each) => countsOf(each.correct, each.errors, each.w));
      const got =
        kind === "betaBinomial"
          ? betaBinomialBand(correct, n - correct, [a, b], alpha)
          : alwaysValidBand(own, alpha);
      expectClose(got?.low, expected.lower, tolerance);
      expectClose(got?.high, expected.upper, tolerance);
      if (kind === "weightedMixture") expectClose(logM(own, 0.9), expected["logM_at_0.9"] ?? null, tolerance);
      compared[kind] += 1;
    }
    expect(compared).toEqual({ betaBinomial: 15, weightedMixture: 8 });
  });

  it("ends exactly where the evidence reaches 1/α, and holds every other m of a scan with less", () => {
    fc.assert(
      fc.property(weightClasses, fc.constantFrom(0.01, 0.05, 0.5), (classes, alpha) => {
        const band = alwaysValidBand(classes, alpha);
        if (band === null) {
          expect(classes.every(({ count }) => count === 0)).toBe(true);
          return;
        }
        expect(band.low).toBeLessThanOrEqual(band.high);
        for (const limit of [band.low, band.high])
          if (limit > 1e-9 && limit < 1 - 1e-9) expectClose(logM(classes, limit), -Math.log(alpha), 1e-6);
        for (let k = 1; k < 50; k += 1) {
          const isLess = logM(classes, k / 50) < -Math.log(alpha);
          const inside = k / 50 > band.low && k / 50 < band.high;
          if (Math.min(Math.abs(k / 50 - band.low), Math.abs(k / 50 - band.high)) > 1e-9)
            expect(inside).toBe(isLess);
        }
      }),
    );
  });

  it("does not depend on order or on how classes are split, and holds the weighted mean", () => {
    fc.assert(
      fc.property(weightClasses, (classes) => {
        const band = alwaysValidBand(classes);
        const thirds = classes.map((each) => ({ ...each, count: each.count / 3 }));
        const split = alwaysValidBand([...thirds, ...thirds.toReversed(), ...thirds]);
        expectClose(split?.low ?? null, band?.low ?? null, 1e-10);
        expectClose(split?.high ?? null, band?.high ?? null, 1e-10);
        const sum = classes.reduce((total, { weight, count }) => total + weight * count, 0);
        const right = classes.reduce(
          (total, { weight, count, error }) => total + weight * count * (1 - error),
          0,
        );
        if (band === null) return;
        expect(right / sum).toBeGreaterThanOrEqual(band.low - 1e-12);
        expect(right / sum).toBeLessThanOrEqual(band.high + 1e-12);
      }),
    );
  });

  it("moves down with every error and narrows with more of the same", () => {
    fc.assert(
      fc.property(weightClasses, (classes) => {
        const band = alwaysValidBand(classes);
        const worse = alwaysValidBand(
          classes.map((each) => ({ ...each, error: Math.min(1, each.error + 0.1) })),
        );
        if (band === null || worse === null) return;
        expect(worse.low).toBeLessThanOrEqual(band.low + 1e-11);
        expect(worse.high).toBeLessThanOrEqual(band.high + 1e-11);
      }),
    );
    const widths = [20, 200, 2000, 2e6].map((n) => {
      const band = alwaysValidBand(countsOf(0.95 * n, 0.05 * n));
      return (band?.high ?? 0) - (band?.low ?? 1);
    });
    for (const [i, width] of widths.entries()) {
      expect(width).toBeGreaterThan(0);
      expect(width).toBeLessThan(widths[i - 1] ?? 0.35);
    }
  });

  it("is about as wide as the closed form, reaches the ends where nothing speaks against them", () => {
    for (const [right, wrong] of [
      [95, 5],
      [950, 50],
      [170, 30],
    ] as const) {
      const band = alwaysValidBand(countsOf(right, wrong));
      const closed = betaBinomialBand(right, wrong, [9, 1], 0.05);
      expect(Math.abs((band?.low ?? 0) - closed.low)).toBeLessThan(0.02);
      expect(Math.abs((band?.high ?? 0) - closed.high)).toBeLessThan(0.02);
    }
    expect(alwaysValidBand(countsOf(30, 0))).toMatchObject({ high: 1 });
    expect(alwaysValidBand(countsOf(0, 30))).toMatchObject({ low: 0 });
    expect(alwaysValidBand(countsOf(30, 0, 0.2))).toMatchObject({ high: 1 });
    expect(alwaysValidBand(countsOf(0.01, 0, 1e-9))).toEqual({ low: 0, high: 1 });
  });

  it("has no answer without observations and refuses impossible arguments", () => {
    expect(alwaysValidBand([])).toBeNull();
    expect(alwaysValidBand(countsOf(0, 0))).toBeNull();
    for (const alpha of [0, 1, Number.NaN])
      expect(() => alwaysValidBand(countsOf(1, 0), alpha)).toThrow("Alpha");
    expect(() => alwaysValidBand([{ weight: 2, error: 0, count: 1 }])).toThrow("Every weight");
  });
});
