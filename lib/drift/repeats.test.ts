import fc from "fast-check";
import { expect, it } from "vitest";
import { contentKey, countRepeats } from "./repeats";

it("counts the same in any order and any division", () => {
  const key = fc.record({ input: fc.constantFrom("a", "b", "c"), output: fc.constantFrom("x", "y", "z") });
  fc.assert(
    fc.property(fc.array(key, { maxLength: 40 }), fc.nat(40), fc.func(fc.nat()), (keys, cut, rank) => {
      const pairs = new Set(keys.map(({ input, output }) => `${input}${output}`)).size;
      const inputs = new Set(keys.map(({ input }) => input)).size;
      const expected = { same: keys.length - pairs, other: pairs - inputs };
      const shuffled = keys.toSorted((a, b) => rank(a) - rank(b));
      const known = new Map<string, Set<string>>();
      const parts = [shuffled.slice(0, cut), shuffled.slice(cut)].map((part) => countRepeats(part, known));
      expect({
        same: parts.reduce((sum, { same }) => sum + same, 0),
        other: parts.reduce((sum, { other }) => sum + other, 0),
      }).toEqual(expected);
    }),
    { seed: 9, numRuns: 200 },
  );
});

it("takes another version of the model for another question", () => {
  const texts = { input: '{"a":1}', output: '"x"', model: "m", version: "1" };
  expect(contentKey(texts)).toEqual(contentKey({ ...texts }));
  expect(contentKey({ ...texts, version: "2" }).input).not.toBe(contentKey(texts).input);
  expect(contentKey({ ...texts, version: "2" }).output).toBe(contentKey(texts).output);
  expect(contentKey(texts).input).toHaveLength(32);
});
