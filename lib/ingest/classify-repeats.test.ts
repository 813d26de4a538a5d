import fc from "fast-check";
import { expect, it } from "vitest";
import { countRepeats } from "@/lib/drift/repeats";
import { classifyRepeats, type KnownContent, type ReadContent } from "./classify-repeats";

/** What the table of contents would say, by a plain list. */
function knownOf(
  past: readonly ReadContent[],
  units: ReadonlyMap<string, string>,
  asked: ReadContent,
): KnownContent {
  const same = past.some(({ input, output }) => input === asked.input && output === asked.output);
  const other = past.some(({ input, output }) => input === asked.input && output !== asked.output);
  const unit = units.get(`${asked.input} ${asked.output} ${asked.epochId}`) ?? null;
  return { unit, same, other };
}

it("flags what the rates of repeated inputs count, one unit a content and epoch, however the stream is cut", () => {
  const content = fc.record({
    input: fc.constantFrom("a", "b", "c"),
    output: fc.constantFrom("x", "y"),
    epochId: fc.constantFrom("1", "2"),
  });
  fc.assert(
    fc.property(fc.array(content, { maxLength: 40 }), fc.integer({ min: 1, max: 40 }), (contents, size) => {
      const stream = contents.map((each, at) => ({ ...each, outputId: `o${at}` }));
      const units = new Map<string, string>();
      const codes: (string | null)[] = [];
      for (let from = 0; from < stream.length; from += size) {
        const part = stream.slice(from, from + size);
        const past = stream.slice(0, from);
        const repeats = classifyRepeats(
          part,
          part.map((each) => knownOf(past, units, each)),
        );
        for (const [at, { code, copyOf }] of repeats.entries()) {
          const each = part[at];
          if (!each) throw new Error("A repeat without its output.");
          const key = `${each.input} ${each.output} ${each.epochId}`;
          expect(copyOf).toBe(units.get(key) ?? null);
          if (copyOf === null) units.set(key, each.outputId);
          codes.push(code);
        }
      }
      const counted = countRepeats(stream, new Map());
      expect(codes.filter((code) => code === "DUP_CONTENT")).toHaveLength(counted.same);
      expect(codes.filter((code) => code === "NONDETERMINISTIC")).toHaveLength(counted.other);
      expect(units.size).toBe(
        new Set(stream.map((each) => `${each.input} ${each.output} ${each.epochId}`)).size,
      );
    }),
    { seed: 5, numRuns: 300 },
  );
});
