import fc from "fast-check";
import { expect, it } from "vitest";
import { alwaysValidBand } from "./always-valid-band";
import { evidenceFromCounts } from "./evidence-from-counts";
import { expectClose } from "./testing/vectors";
import { weightClassesOf } from "./weight-classes";

const observations = fc.array(
  fc.record({
    error: fc.constantFrom(0, 0, 0, 1, 0.25, 0.5),
    weight: fc.constantFrom(1.5, 3, 10, 12.5),
  }),
  { minLength: 1, maxLength: 60 },
);

it("counts observations by weight and error", () => {
  expect(
    weightClassesOf([
      { error: 1, weight: 2 },
      { error: 0, weight: 4 },
      { error: 0, weight: 2 },
      { error: 0, weight: 4 },
    ]),
  ).toEqual([
    { weight: 1, error: 0, count: 2 },
    { weight: 0.5, error: 0, count: 1 },
    { weight: 0.5, error: 1, count: 1 },
  ]);
  expect(weightClassesOf([{ error: 1, weight: 2 }], 8)).toEqual([{ weight: 0.25, error: 1, count: 1 }]);
  expect(weightClassesOf([])).toEqual([]);
});

it("makes the order of the observations matter to nothing", () => {
  fc.assert(
    fc.property(observations, fc.nat(), (own, seed) => {
      const permuted = own.map((each, i) => ({ each, key: Math.imul(i + 1, seed | 1) }));
      const other = permuted.toSorted((a, b) => a.key - b.key).map(({ each }) => each);
      const classes = weightClassesOf(own);
      expect(weightClassesOf(other)).toEqual(classes);
      expect(alwaysValidBand(weightClassesOf(other))).toEqual(alwaysValidBand(classes));
    }),
  );
});

it("makes the common scale of the weights matter to nothing", () => {
  fc.assert(
    fc.property(observations, fc.constantFrom(7, 1e-6, 1e9), (own, scale) => {
      const scaled = own.map(({ error, weight }) => ({ error, weight: weight * scale }));
      const [classes, same] = [weightClassesOf(own), weightClassesOf(scaled)];
      const [band, other] = [alwaysValidBand(classes), alwaysValidBand(same)];
      expectClose(other?.low, band?.low ?? null, 1e-11);
      expectClose(other?.high, band?.high ?? null, 1e-11);
      expectClose(evidenceFromCounts(same, 0.1), evidenceFromCounts(classes, 0.1), 1e-11);
    }),
  );
});

it("refuses impossible arguments", () => {
  const good = { error: 0, weight: 2 };
  expect(() => weightClassesOf([good], 1)).toThrow("largest weight");
  expect(() => weightClassesOf([good], Number.NaN)).toThrow("largest weight");
  expect(() => weightClassesOf([{ ...good, weight: 0 }])).toThrow("Every weight");
  expect(() => weightClassesOf([{ ...good, error: 1.1 }])).toThrow("Every error");
});
