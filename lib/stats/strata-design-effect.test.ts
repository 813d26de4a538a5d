import fc from "fast-check";
import { expect, test } from "vitest";
import { kishEffectiveN } from "./kish-effective-n";
import { oversamplingDesignEffect } from "./oversampling-design-effect";
import { strataDesignEffect } from "./strata-design-effect";

const share = fc.double({ min: 0.01, max: 0.99, noNaN: true });

test("two rates: the design effect of over-sampling", () => {
  expect(
    strataDesignEffect([
      { outputs: 850, reviews: 85 },
      { outputs: 150, reviews: 75 },
    ]),
  ).toBeCloseTo(1.408, 3);
  fc.assert(
    fc.property(share, fc.integer({ min: 1, max: 20 }), (part, factor) => {
      const strata = [
        { outputs: 1000 * part, reviews: 10 * part * factor },
        { outputs: 1000 * (1 - part), reviews: 10 * (1 - part) },
      ];
      expect(strataDesignEffect(strata)).toBeCloseTo(oversamplingDesignEffect(part, factor), 9);
    }),
  );
});

test("any strata: reviews over Kish's effective number of them, whatever the unit", () => {
  const strata = fc.array(
    fc.record({ outputs: fc.integer({ min: 1, max: 10_000 }), reviews: fc.integer({ min: 1, max: 40 }) }),
    { minLength: 1, maxLength: 6 },
  );
  fc.assert(
    fc.property(strata, (drawn) => {
      const weights = drawn.flatMap(({ outputs, reviews }) =>
        Array.from({ length: reviews }, () => outputs / reviews),
      );
      const effect = strataDesignEffect(drawn);
      expect(effect).toBeCloseTo(kishEffectiveN(weights)?.designEffect ?? 0, 6);
      const weekly = drawn.map(({ outputs, reviews }) => ({ outputs: outputs * 7, reviews: reviews * 7 }));
      expect(strataDesignEffect(weekly)).toBeCloseTo(effect, 9);
    }),
  );
});

test("nothing reviewed costs nothing; strata without a review are left out; impossible numbers are refused", () => {
  expect(strataDesignEffect([])).toBe(1);
  expect(strataDesignEffect([{ outputs: 10, reviews: 0 }])).toBe(1);
  expect(
    strataDesignEffect([
      { outputs: 10, reviews: 1 },
      { outputs: 990, reviews: 0 },
    ]),
  ).toBe(1);
  expect(() => strataDesignEffect([{ outputs: -1, reviews: 1 }])).toThrow(RangeError);
  expect(() => strataDesignEffect([{ outputs: 1, reviews: Number.NaN }])).toThrow(RangeError);
});
