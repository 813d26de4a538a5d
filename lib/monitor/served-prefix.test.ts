import fc from "fast-check";
import { expect, test } from "vitest";
import { type ServedCandidate, servedPrefix } from "./served-prefix";

/** "ffof" = final, final, open, final at random numbers 0.01, 0.02, 0.03, 0.04. */
const queue = (text: string): ServedCandidate[] =>
  Array.from(text, (each, at) => ({ randomNumber: (at + 1) / 100, final: each === "f" }));

test("reaches the rate when all are final, and when there is nobody", () => {
  expect(servedPrefix(0.5, queue("ffff"))).toEqual({ cut: 0.5, served: 4 });
  expect(servedPrefix(0.5, [])).toEqual({ cut: 0.5, served: 0 });
});

test("stops at the first open one while there are few, and takes it in when it is one of twenty", () => {
  expect(servedPrefix(0.5, queue("offf"))).toEqual({ cut: 0.01, served: 0 });
  expect(servedPrefix(0.5, queue("ffoff"))).toEqual({ cut: 0.03, served: 2 });
  const nineteen = "f".repeat(19);
  expect(servedPrefix(0.5, queue(`${nineteen}o`))).toEqual({ cut: 0.5, served: 20 });
  expect(servedPrefix(0.5, queue(`oo${"f".repeat(38)}`))).toEqual({ cut: 0.5, served: 40 });
  expect(servedPrefix(0.5, queue(`ooo${"f".repeat(38)}`))).toEqual({ cut: 0.01, served: 0 });
});

test("a cluster is taken whole or not at all", () => {
  const cluster = ["f", "f", "o"].map((each) => ({ randomNumber: 0.02, final: each === "f" }));
  const [first] = queue("f");
  if (!first) throw new Error("There is one.");
  expect(servedPrefix(0.5, [first, ...cluster])).toEqual({ cut: 0.02, served: 1 });
});

test("candidates out of order or beyond the rate are refused", () => {
  expect(() => servedPrefix(0.5, queue("ff").reverse())).toThrow(RangeError);
  expect(() => servedPrefix(0.01, queue("f"))).toThrow(RangeError);
});

test("is the longest prefix with 95 % final, by trying all", () => {
  const candidates = fc.array(
    fc.record({
      place: fc.integer({ min: 0, max: 60 }),
      final: fc.oneof(
        { weight: 12, arbitrary: fc.constant(true) },
        { weight: 1, arbitrary: fc.constant(false) },
      ),
    }),
    { maxLength: 80 },
  );
  fc.assert(
    fc.property(candidates, (places) => {
      const sorted = places
        .map(({ place, final }) => ({ randomNumber: place / 100, final }))
        .sort((a, b) => a.randomNumber - b.randomNumber);
      const cuts = [0, ...new Set(sorted.map((each) => each.randomNumber)), 0.7];
      const enough = cuts.filter((cut) => {
        const within = sorted.filter((each) => each.randomNumber < cut);
        return within.filter((each) => each.final).length * 20 >= within.length * 19;
      });
      const { cut, served } = servedPrefix(0.7, sorted);
      const most = Math.max(
        ...enough.map((each) => sorted.filter(({ randomNumber }) => randomNumber < each).length),
      );
      expect(served).toBe(most);
      expect(sorted.filter((each) => each.randomNumber < cut)).toHaveLength(served);
      expect(cut).toBe(sorted[served]?.randomNumber ?? 0.7);
    }),
  );
});
