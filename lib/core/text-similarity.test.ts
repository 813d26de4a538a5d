import fc from "fast-check";
import { expect, test } from "vitest";
import { editDistance, textSimilarity } from "./text-similarity";

/** The definition, row by row (Wagner and Fischer, 1974). */
function plainDistance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const here = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const replaced = (above[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      here.push(Math.min(replaced, (above[column] ?? 0) + 1, (here[column - 1] ?? 0) + 1));
    }
    above = here;
  }
  return above[b.length] ?? 0;
}

test("edits are those of the definition, over the limits of 32 rows", () => {
  const few = fc.string({ unit: fc.constantFrom("a", "b", "c", "é"), maxLength: 140, size: "max" });
  const lengths = new Set<number>();
  fc.assert(
    fc.property(few, few, (a, b) => {
      lengths.add(Math.ceil(Math.max(a.length, b.length) / 32));
      expect(editDistance(a, b)).toBe(plainDistance(a, b));
    }),
    { numRuns: 1_000, seed: 4 },
  );
  expect([...lengths]).toEqual(expect.arrayContaining([1, 2, 3, 4]));
});

test.each([
  ["kitten", "sitting", 1 - 3 / 7],
  ["Jon Smith", "John Smith", 0.9],
  ["", "", 1],
  ["", "abc", 0],
  ["abc", "xyz", 0],
])("%s and %s: %d", (a, b, expected) => {
  expect(textSimilarity(a, b)).toBeCloseTo(expected, 12);
  expect(textSimilarity(b, a)).toBeCloseTo(expected, 12);
});

test("what is very long is equal or has nothing in common", () => {
  const long = "ab".repeat(2_001);
  expect(textSimilarity(long, long)).toBe(1);
  expect(textSimilarity(long, `${long}c`)).toBe(0);
});
