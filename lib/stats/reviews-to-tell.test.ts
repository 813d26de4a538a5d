import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { gapMover } from "./gap-mover";
import { reviewsToTell } from "./reviews-to-tell";

const share = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const signed = fc.tuple(share(0.01, 0.12), fc.boolean()).map(([size, below]) => (below ? -size : size));
const pilot = { mean: 0.95, low: 0.93, high: 0.97 };

describe("reviewsToTell", () => {
  it("is the number at which the limit of the gap reaches zero", () => {
    expect(reviewsToTell(pilot, { mean: 0.92, low: 0.86, high: 0.96, n: 100 })).toBeCloseTo(220, 9);
    fc.assert(
      fc.property(share(0.35, 0.65), signed, share(0.05, 0.9), share(1, 1.2), (mean, gap, ofPilot, ofOwn) => {
        const [a, b] = [ofPilot * Math.abs(gap), ofOwn * Math.abs(gap)];
        const first = { mean, low: mean - a, high: mean + a };
        const around = (half: number) => ({
          mean: mean + gap,
          low: mean + gap - half,
          high: mean + gap + half,
        });
        const more = reviewsToTell(first, { ...around(b), n: 100 }) ?? Number.NaN;
        expect(more).toBeGreaterThan(0);
        const then = gapMover(first, around(b / Math.sqrt(1 + more / 100)));
        expect(Math.min(Math.abs(then.low), Math.abs(then.high))).toBeLessThan(1e-9);
      }),
    );
  });
  it("is none where the gap is told already, and null where the pilot is too rough", () => {
    expect(reviewsToTell(pilot, { mean: 0.8, low: 0.75, high: 0.85, n: 300 })).toBe(0);
    expect(reviewsToTell(pilot, { mean: 0.94, low: 0.9, high: 0.97, n: 300 })).toBeNull();
    expect(reviewsToTell(pilot, { mean: 0.95, low: 0.9, high: 0.97, n: 300 })).toBeNull();
    expect(() => reviewsToTell(pilot, { mean: 0.9, low: 0.8, high: 0.95, n: -1 })).toThrow(RangeError);
  });
});
