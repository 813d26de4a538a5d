import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { samplingHasher } from "./sampling-hash";
import { packedText, packTexts, samplingHashes } from "./sampling-hash-many";
import { initialState, sha256Block } from "./sha256-block";
import { readVectors } from "./testing/vectors";

type Input = { secret: string; project: string; record: string; salt: string };

describe("samplingHashes", () => {
  it("matches Python's hmac", () => {
    for (const { input, expected } of readVectors<Input, { u: number }>("sampling_hash", 8)) {
      const scope = { secret: input.secret, salt: input.salt, projectId: input.project };
      expect([...samplingHashes(scope, packTexts([input.record]))]).toEqual([expected.u]);
    }
  });

  it("is samplingHash to the last bit, for secrets and keys of any length and in any order", () => {
    const bytes = fc.uint8Array({ minLength: 1, maxLength: 200 });
    const key = fc.string({ unit: "grapheme", minLength: 1, maxLength: 700 });
    const line = fc.string({ unit: "grapheme", minLength: 1, maxLength: 150 }).map((text) => `p${text}`);
    let compared = 0;
    fc.assert(
      fc.property(bytes, line, fc.array(key, { minLength: 1, maxLength: 8 }), (secret, projectId, keys) => {
        fc.pre(!projectId.includes("\n"));
        const scope = { secret, salt: "sample-v1", projectId };
        const one = samplingHasher(scope);
        expect([...samplingHashes(scope, packTexts(keys))]).toEqual(keys.map(one));
        compared += keys.length;
      }),
      { numRuns: 300, seed: 1 },
    );
    expect(compared).toBeGreaterThan(600);
  });

  it("pads right at every length around the ends of blocks", () => {
    const scope = { secret: "s", salt: "double-v1", projectId: "p" };
    const keys = Array.from({ length: 200 }, (_, length) => "x".repeat(length + 1));
    expect([...samplingHashes(scope, packTexts(keys))]).toEqual(keys.map(samplingHasher(scope)));
  });

  it("fills the given array and refuses what samplingHasher refuses", () => {
    const scope = { secret: "s", salt: "sample-v1", projectId: "p" };
    const units = packTexts(["a", "b"]);
    const into = new Float64Array(3);
    expect(samplingHashes(scope, units, into)).toBe(into);
    expect(into[2]).toBe(0);
    expect(() => samplingHashes(scope, units, new Float64Array(1))).toThrow(RangeError);
    expect(() => samplingHashes({ ...scope, secret: "" }, units)).toThrow(RangeError);
    expect(() => samplingHashes({ ...scope, salt: "a\nb" }, units)).toThrow(RangeError);
    expect(() => packTexts(["a", ""])).toThrow(RangeError);
  });

  it("gives packed texts back", () => {
    const texts = ["a", "zwölf", "木"];
    const packed = packTexts(texts);
    expect(texts.map((_, at) => packedText(packed, at))).toEqual(texts);
    expect(() => packedText(packed, 3)).toThrow(RangeError);
  });
});

describe("sha256Block", () => {
  it("digests one block as the library does", () => {
    const words = new Int32Array(64);
    words[0] = 0x61626380;
    words[15] = 24;
    const state = new Int32Array(8);
    sha256Block(initialState, words, state);
    const hex = [...state].map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
    expect(hex).toBe(createHash("sha256").update("abc").digest("hex"));
  });
});
