import fc from "fast-check";
import { expect, it } from "vitest";
import { kishEffectiveN } from "./kish-effective-n";
import { observations } from "./testing/observation-arbitrary";
import { expectClose, readVectors } from "./testing/vectors";

it("matches R", () => {
  type Expected = { nEff: number; designEffect: number };
  for (const { input, expected, tolerance } of readVectors<{ weights: number[] }, Expected>("kish_neff", 9)) {
    const got = kishEffectiveN(input.weights);
    expectClose(got?.effectiveN, expected.nEff, tolerance);
    expectClose(got?.designEffect, expected.designEffect, tolerance);
  }
});

it("lies between 1 and n, whatever the scale of the weights", () => {
  fc.assert(
    fc.property(observations, ({ weights }) => {
      const got = kishEffectiveN(weights);
      expect(got?.effectiveN).toBeGreaterThanOrEqual(1 - 1e-12);
      expect(got?.effectiveN).toBeLessThanOrEqual(weights.length);
      expectClose(kishEffectiveN(weights.map((w) => 7 * w))?.effectiveN, got?.effectiveN ?? null, 1e-12);
    }),
  );
});

it("has no answer without weights and refuses impossible ones", () => {
  expect(kishEffectiveN([])).toBeNull();
  for (const bad of [0, -1, Number.NaN, Infinity]) expect(() => kishEffectiveN([1, bad])).toThrow(RangeError);
});
