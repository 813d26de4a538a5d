import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clopperPearson } from "./clopper-pearson";
import { gapMover } from "./gap-mover";
import { expectClose, readVectors } from "./testing/vectors";
import { wilsonInterval } from "./wilson-interval";

type Counts = { correct: number; n: number };
type Limits = { lower: number; upper: number };
type Expected = { gap: number; wilson: Limits; clopperPearson: Limits };

function withMean({ correct, n }: Counts, interval: typeof clopperPearson) {
  return { mean: correct / n, ...(interval(correct, n) ?? { low: 0, high: 1 }) };
}

describe("gapMover", () => {
  it("matches statsmodels (Newcombe) and MOVER over Clopper-Pearson limits", () => {
    for (const { input, expected, tolerance } of readVectors<{ pilot: Counts; production: Counts }, Expected>(
      "gap_mover",
      8,
    )) {
      for (const [interval, limits] of [
        [wilsonInterval, expected.wilson],
        [clopperPearson, expected.clopperPearson],
      ] as const) {
        const got = gapMover(withMean(input.pilot, interval), withMean(input.production, interval));
        expectClose(got.gap, expected.gap, tolerance);
        expectClose(got.low, limits.lower, tolerance);
        expectClose(got.high, limits.upper, tolerance);
      }
    }
  });

  it("turns around with its arguments and stays within −1 and 1", () => {
    const counts = fc
      .tuple(fc.integer({ min: 1, max: 50 }), fc.nat(50))
      .map(([n, x]) => withMean({ n, correct: Math.min(n, x) }, clopperPearson));
    fc.assert(
      fc.property(counts, counts, (a, b) => {
        const gap = gapMover(a, b);
        const back = gapMover(b, a);
        expect(gap.low).toBeGreaterThanOrEqual(-1);
        expect(gap.high).toBeLessThanOrEqual(1);
        expect(gap.low).toBeLessThanOrEqual(gap.gap);
        expect(gap.high).toBeGreaterThanOrEqual(gap.gap);
        expectClose(back.low, -gap.high, 1e-12);
      }),
    );
  });

  it("refuses a mean outside of its limits", () => {
    const good = { mean: 0.9, low: 0.8, high: 1 };
    expect(() => gapMover({ ...good, mean: 0.7 }, good)).toThrow("The pilot");
    expect(() => gapMover(good, { ...good, high: 1.2 })).toThrow("The production");
    expect(() => gapMover(good, { ...good, low: Number.NaN })).toThrow("The production");
  });
});
