import fc from "fast-check";

export type Observations = { correct: number[]; weights: number[] };

const label = fc.oneof(
  { weight: 4, arbitrary: fc.constant(1) },
  { weight: 2, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 20 }).map((k) => k / 20) },
);
const weight = fc.integer({ min: 100, max: 10_000 }).map((k) => k / 100);

/** 1 to 200 labels (right, wrong, graded) with weights of up to 100:1. */
export const observations: fc.Arbitrary<Observations> = fc
  .array(fc.tuple(label, weight), { minLength: 1, maxLength: 200 })
  .map((pairs) => ({ correct: pairs.map(([y]) => y), weights: pairs.map(([, w]) => w) }));
