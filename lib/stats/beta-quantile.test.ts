import libraryQuantile from "@stdlib/stats-base-dists-beta-quantile";
import { describe, expect, it } from "vitest";
import { betaQuantile } from "./beta-quantile";
import { incompleteBeta } from "./incomplete-beta";
import { seededRandom } from "./testing/seeded-random";

type Arguments = [probability: number, a: number, b: number];
type Draw = (random: () => number) => Arguments;

const levels = [0.0005, 0.005, 0.025, 0.05, 0.1, 0.9, 0.95, 0.975, 0.995, 0.9995];
const between = (random: () => number, low: number, high: number) => 10 ** (low + random() * (high - low));

const families: Record<string, Draw> = {
  "limits of an interval": (random) => {
    const n = between(random, 0, 4);
    const x = random() * n + 0.01;
    return [levels[Math.floor(random() * levels.length)] ?? 0.5, x, n - x + 1];
  },
  "small shapes": (random) => [0.001 + 0.998 * random(), between(random, -2, 1), between(random, -2, 1)],
  "very different shapes": (random) => [random() || 0.5, between(random, -1, 5), between(random, -1, 5)],
  "far tails": (random) => [between(random, -12, -0.5), between(random, -1, 3), between(random, 0, 4)],
};

describe("betaQuantile", () => {
  for (const [family, draw] of Object.entries(families)) {
    it(`agrees with the library within 1e-10: ${family}`, () => {
      const random = seededRandom(17);
      let worst = 0;
      for (let i = 0; i < 1500; i += 1) {
        const [probability, a, b] = draw(random);
        const expected = libraryQuantile(probability, a, b);
        const got = betaQuantile(probability, a, b);
        worst = Math.max(worst, Math.abs(got - expected) / Math.max(expected, 1e-300));
      }
      expect(worst).toBeLessThanOrEqual(1e-10);
    });
  }

  it("inverts the distribution where the library does not reach", () => {
    for (const n of [1e6, 1e8, 1e10]) {
      for (const probability of [0.025, 0.975]) {
        const x = betaQuantile(probability, 0.05 * n, 0.95 * n);
        expect(Math.abs(incompleteBeta(0.05 * n, 0.95 * n)(x, 1 - x).lower - probability)).toBeLessThan(1e-6);
      }
    }
  });

  it("knows the closed forms", () => {
    expect(betaQuantile(0.5, 2, 2)).toBeCloseTo(0.5, 15);
    expect(betaQuantile(0.025, 1, 40)).toBeCloseTo(-Math.expm1(Math.log(0.975) / 40), 15);
    expect(betaQuantile(0.975, 40, 1)).toBeCloseTo(0.975 ** (1 / 40), 15);
    expect(betaQuantile(0, 3, 4)).toBe(0);
    expect(betaQuantile(1, 3, 4)).toBe(1);
  });

  it("is a share for extreme arguments, never NaN", () => {
    const shapes = [1e-300, 1e-20, 1e-8, 0.5, 1, 1 + 1e-9, 2, 1e3, 1e8, 1e12];
    for (const probability of [1e-300, 1e-15, 0.5, 0.999, 1 - 1e-15]) {
      for (const a of shapes) {
        for (const b of shapes) {
          const x = betaQuantile(probability, a, b);
          expect(x >= 0 && x <= 1, `${probability}, ${a}, ${b}: ${x}`).toBe(true);
        }
      }
    }
  });

  it("refuses impossible arguments", () => {
    for (const bad of [-0.1, 1.1, Number.NaN])
      expect(() => betaQuantile(bad, 1, 1)).toThrow("The probability");
    for (const bad of [0, -1, Infinity, Number.NaN]) {
      expect(() => betaQuantile(0.5, bad, 1)).toThrow(RangeError);
      expect(() => betaQuantile(0.5, 1, bad)).toThrow(RangeError);
    }
  });
});

describe("incompleteBeta", () => {
  it("gives both tails of known distributions", () => {
    expect(incompleteBeta(2, 3)(0.5, 0.5).lower).toBeCloseTo(0.6875, 15);
    expect(incompleteBeta(1, 1)(0.3, 0.7)).toMatchObject({ lower: expect.closeTo(0.3, 15) });
    // The upper tail of Beta(5, 1) at 1 − 1e-12 is 1 − (1 − 1e-12)^5.
    expect(incompleteBeta(5, 1)(1 - 1e-12, 1e-12).upper / 5e-12).toBeCloseTo(1, 11);
  });
});
