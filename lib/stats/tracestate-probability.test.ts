import fc from "fast-check";
import { expect, it } from "vitest";
import { tracestateProbability } from "./tracestate-probability";

it("reads the threshold wherever it stands", () => {
  expect(tracestateProbability("ot=th:0").probability).toBe(1);
  expect(tracestateProbability("ot=th:8").probability).toBe(0.5);
  expect(tracestateProbability("vendor=th:8;x, ot=rv:1234;th:c ,z=1").probability).toBe(0.25);
  expect(tracestateProbability("ot=th:ffffffffffffff").probability).toBe(2 ** -56);
  expect(tracestateProbability("ot=th:fd70a3d70a3d71").probability).toBeCloseTo(0.01, 15);
});

it("says why there is none", () => {
  for (const none of ["", "vendor=1", "ot=rv:abc", "ott=th:8", "x=ot=th:8"]) {
    expect(tracestateProbability(none)).toEqual({ probability: null, reason: "no-threshold" });
  }
  for (const bad of ["ot=th:", "ot=th:xyz", "ot=th:C", "ot=th:0123456789abcde", "ot=th:-1"]) {
    expect(tracestateProbability(bad)).toEqual({ probability: null, reason: "malformed-threshold" });
  }
});

it("gives a probability in (0, 1] for any threshold and never throws", () => {
  const digits = fc.stringMatching(/^[0-9a-f]{1,14}$/);
  fc.assert(
    fc.property(digits, (th) => {
      const exact = 2n ** 56n - BigInt(`0x${th.padEnd(14, "0")}`);
      expect(tracestateProbability(`ot=th:${th}`).probability).toBe(Number(exact) / 2 ** 56);
    }),
  );
  fc.assert(fc.property(fc.string(), (text) => !Number.isNaN(tracestateProbability(text).probability)));
});
