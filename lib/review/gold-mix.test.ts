import fc from "fast-check";
import { expect, test } from "vitest";
import { goldMix } from "./gold-mix";

test("what a reviewer sees lies between 15 and 25 % wrong wherever the share of known items allows it", () => {
  const share = fc.double({ min: 0.01, max: 0.5, noNaN: true });
  const error = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(share, error, (goldShare, errorShare) => {
      const mix = goldMix({ goldShare, errorShare });
      expect(mix.wrongShare).toBeGreaterThanOrEqual(0.2);
      expect(mix.wrongShare).toBeLessThanOrEqual(0.8);
      expect(mix.seenWrong).toBeCloseTo((1 - goldShare) * errorShare + goldShare * mix.wrongShare, 12);
      if (mix.wrongShare > 0.2 && mix.wrongShare < 0.8) expect(mix.seenWrong).toBeCloseTo(0.2, 9);
      if (errorShare <= 0.2 && mix.enough) expect(mix.seenWrong).toBeLessThanOrEqual(0.25);
      expect(mix.enough).toBe(goldShare >= mix.goldShareNeeded - 1e-9 || errorShare >= 0.15);
    }),
  );
});

test("four in a hundred known items are too few where two in a hundred outputs are wrong, and it says how many would do", () => {
  const mix = goldMix({ goldShare: 0.04, errorShare: 0.02 });
  expect(mix).toMatchObject({ wrongShare: 0.8, enough: false });
  expect(mix.seenWrong).toBeCloseTo(0.0512, 4);
  const more = goldMix({ goldShare: mix.goldShareNeeded, errorShare: 0.02 });
  expect(more.seenWrong).toBeCloseTo(0.15, 9);
  expect(more.enough).toBe(true);
});
