import fc from "fast-check";
import { expect, it } from "vitest";
import { betGrid } from "./bet-grid";
import { boundaryError, pilotBoundary } from "./pilot-boundary";
import { weightedClopperPearson } from "./weighted-clopper-pearson";

it("is the lower limit, or the mean less the tolerance where the limit is closer", () => {
  expect(pilotBoundary({ mean: 0.95, low80: 0.93 })).toBe(0.93);
  expect(pilotBoundary({ mean: 0.95, low80: 0.945 })).toBeCloseTo(0.94, 14);
  expect(pilotBoundary({ mean: 0.95, low80: 0.945 }, 0.03)).toBeCloseTo(0.92, 14);
  expect(pilotBoundary({ mean: 0.95, low80: 0.945 }, 0)).toBe(0.945);
  expect(pilotBoundary({ mean: 1, low80: 1 }, 0)).toBe(0.997);
  expect(pilotBoundary({ mean: 0.01, low80: 0 })).toBeCloseTo(0.05, 14);
});

it("takes the 80 % interval of the pilot's labels", () => {
  const correct = Array.from({ length: 3000 }, (_, i) => (i < 2850 ? 1 : 0));
  const pilot = weightedClopperPearson({ correct, weights: correct.map(() => 1) }, 0.8);
  expect(pilot?.low).toBeCloseTo(0.9445, 3);
  expect(pilotBoundary({ mean: pilot?.mean ?? 0, low80: pilot?.low ?? 0 })).toBeCloseTo(0.94, 14);
});

it("always gives a boundary on which the detector can bet", () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(share, share, share, (a, b, tolerance) => {
      const boundary = pilotBoundary({ mean: Math.max(a, b), low80: Math.min(a, b) }, tolerance);
      expect(boundary).toBeGreaterThanOrEqual(0.05 - 1e-12);
      expect(boundary).toBeLessThanOrEqual(0.997);
      expect(betGrid(boundaryError(boundary)).bets).toHaveLength(12);
      expect(betGrid(boundaryError(a)).bets).toHaveLength(12);
    }),
  );
  expect([boundaryError(1), boundaryError(0)]).toEqual([0.003, 0.95]);
  expect(boundaryError(0.95)).toBeCloseTo(0.05, 14);
});

it("refuses impossible arguments", () => {
  expect(() => pilotBoundary({ mean: 0.9, low80: 0.91 })).toThrow("lower limit");
  expect(() => pilotBoundary({ mean: 1.1, low80: 0.9 })).toThrow("mean");
  expect(() => pilotBoundary({ mean: 0.9, low80: Number.NaN })).toThrow("lower limit");
  expect(() => pilotBoundary({ mean: 0.9, low80: 0.8 }, -0.01)).toThrow("tolerance");
  expect(() => boundaryError(1.1)).toThrow("boundary");
});
