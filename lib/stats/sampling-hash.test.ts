import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { samplingHash, samplingHasher, samplingHashHex } from "./sampling-hash";
import { readVectors } from "./testing/vectors";

type Input = { secret: string; project: string; record: string; salt: string };

describe("samplingHash", () => {
  it("matches Python's hmac", () => {
    for (const { input, expected } of readVectors<Input, { hmacHex: string; u: number }>(
      "sampling_hash",
      8,
    )) {
      const unit = {
        secret: input.secret,
        salt: input.salt,
        projectId: input.project,
        unitKey: input.record,
      };
      expect(samplingHashHex(unit)).toBe(expected.hmacHex);
      expect(samplingHash(unit)).toBe(expected.u);
    }
  });

  it("is HMAC-SHA256 for secrets and keys of any length, also when one hasher is used for many keys", () => {
    const bytes = fc.uint8Array({ minLength: 1, maxLength: 200 });
    const key = fc.string({ unit: "grapheme", minLength: 1, maxLength: 700 });
    fc.assert(
      fc.property(bytes, fc.array(key, { minLength: 1, maxLength: 5 }), (secret, unitKeys) => {
        const scope = { secret, salt: "sample-v1", projectId: "projekt-ü" };
        const hasher = samplingHasher(scope);
        for (const unitKey of unitKeys) {
          const hex = createHmac("sha256", secret).update(`sample-v1\nprojekt-ü\n${unitKey}`).digest("hex");
          expect(samplingHashHex({ ...scope, unitKey })).toBe(hex);
          expect(hasher(unitKey)).toBe(Number(BigInt(`0x${hex.slice(0, 14)}`) >> 4n) / 2 ** 52);
        }
      }),
      { numRuns: 200, seed: 1 },
    );
  });

  it("is uniform and differs by salt", () => {
    const one = samplingHasher({ secret: "s", salt: "sample-v1", projectId: "p" });
    const two = samplingHasher({ secret: "s", salt: "double-v1", projectId: "p" });
    let below = 0;
    let both = 0;
    for (let i = 0; i < 20_000; i += 1) {
      const hit = one(`record-${i}`) < 0.3;
      if (hit) below += 1;
      if (hit && two(`record-${i}`) < 0.3) both += 1;
    }
    expect(Math.abs(below / 20_000 - 0.3)).toBeLessThan(0.013);
    expect(Math.abs(both / 20_000 - 0.09)).toBeLessThan(0.008);
  });

  it("refuses empty parts and line breaks that would let two projects share a draw", () => {
    const good = { secret: "s", salt: "sample-v1", projectId: "p", unitKey: "k" };
    for (const bad of [
      { secret: "" },
      { salt: "" },
      { salt: "a\nb" },
      { projectId: "" },
      { projectId: "a\nb" },
    ]) {
      expect(() => samplingHash({ ...good, ...bad })).toThrow(RangeError);
    }
    expect(() => samplingHash({ ...good, unitKey: "" })).toThrow(RangeError);
  });
});
