import fc from "fast-check";
import { expect, test } from "vitest";

function seenBy(parameters?: fc.Parameters<[number]>): number[] {
  const seen: number[] = [];
  fc.assert(
    fc.property(fc.integer(), (value) => void seen.push(value)),
    parameters,
  );
  return seen;
}

test("a property without a seed of its own is tried with the same values in every run, another seed with others", () => {
  const seen = seenBy();
  expect(seen).toHaveLength(100);
  expect(seenBy()).toEqual(seen);
  expect(seenBy({ seed: Number(process.env.ASSAY_SEED || 1) })).toEqual(seen);
  expect(seenBy({ seed: 20_261_130 })).not.toEqual(seen);
});
