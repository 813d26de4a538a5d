import fc from "fast-check";
import { expect, it } from "vitest";
import { cohortObservations, type JudgedSample } from "./cohort-observations";
import { openDetector } from "./e-detector";

const unit = fc.record({
  unitKey: fc.nat(12).map((k) => `unit-${k}`),
  error: fc.constantFrom(0, 0, 1, 0.3, 0.7, 0.1),
  inclusionProbability: fc.constantFrom(0.1, 0.15, 0.3, 1),
});
/** Every key has its own random number; two keys share theirs. */
const cohort = fc.array(unit, { maxLength: 80 }).map((units): JudgedSample[] =>
  units.map((each) => {
    const number = Number(each.unitKey.slice(5));
    return { ...each, randomNumber: ((number === 12 ? 7 : number) * 0.618) % 1 };
  }),
);

function evidenceAfter(samples: readonly JudgedSample[]): number[] {
  const { step } = openDetector(0.1);
  return cohortObservations(samples, 0.1).map(({ error, weight }) => step(error, weight));
}

it("orders by random number and weighs by the smallest probability", () => {
  const samples = [
    { unitKey: "a", randomNumber: 0.9, error: 1, inclusionProbability: 0.5 },
    { unitKey: "b", randomNumber: 0.1, error: 0, inclusionProbability: 0.1 },
    { unitKey: "c", randomNumber: 0.5, error: 0.5, inclusionProbability: 1 },
  ];
  expect(cohortObservations(samples, 0.1)).toEqual([
    { error: 0, weight: 1 },
    { error: 0.5, weight: 0.1 },
    { error: 1, weight: 0.2 },
  ]);
  expect(cohortObservations([], 0.1)).toEqual([]);
});

it("counts a cluster once, with its mean error and weight", () => {
  const member = { unitKey: "session", randomNumber: 0.3 };
  const samples = [
    { ...member, error: 1, inclusionProbability: 0.5 },
    { ...member, error: 0, inclusionProbability: 0.25 },
    { ...member, error: 0, inclusionProbability: 0.25 },
  ];
  const [merged, ...others] = cohortObservations(samples, 0.25);
  expect(others).toEqual([]);
  expect(merged?.error).toBeCloseTo(1 / 3, 14);
  expect(merged?.weight).toBeCloseTo(2.5 / 3, 14);
});

it("takes a permuted cohort, and one that was handed in twice, for the same", () => {
  fc.assert(
    fc.property(cohort, fc.nat(), (samples, seed) => {
      const expected = evidenceAfter(samples);
      const permuted = samples
        .map((sample, i) => ({ sample, key: Math.imul(i + 1, seed | 1) }))
        .toSorted((a, b) => a.key - b.key)
        .map(({ sample }) => sample);
      expect(evidenceAfter(permuted)).toEqual(expected);
      for (const [i, log] of evidenceAfter([...samples, ...samples]).entries())
        expect(log).toBeCloseTo(expected[i] ?? Number.NaN, 12);
      expect(evidenceAfter([...samples, ...samples])).toHaveLength(expected.length);
    }),
  );
});

it("refuses impossible arguments", () => {
  const good = { unitKey: "a", randomNumber: 0.2, error: 0, inclusionProbability: 0.5 };
  for (const bad of [0, 1.1, Number.NaN]) expect(() => cohortObservations([good], bad)).toThrow("smallest");
  expect(() => cohortObservations([good], 0.6)).toThrow("Every probability");
  expect(() => cohortObservations([{ ...good, error: 2 }], 0.5)).toThrow("Every error");
  expect(() => cohortObservations([{ ...good, randomNumber: -1 }], 0.5)).toThrow("Every random number");
});
