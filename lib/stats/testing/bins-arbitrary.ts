import fc from "fast-check";

export type Bins = { production: number[]; baseline: number[] };

const count = fc.oneof({ weight: 1, arbitrary: fc.constant(0) }, { weight: 3, arbitrary: fc.nat(500) });

/** 1 to 20 bins with counts of 0 to 500 on both sides; a side may be empty. */
export const bins: fc.Arbitrary<Bins> = fc
  .array(fc.tuple(count, count), { minLength: 1, maxLength: 20 })
  .map((pairs) => ({ production: pairs.map(([a]) => a), baseline: pairs.map(([, b]) => b) }));
