import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addEvidence } from "./add-evidence";
import { evidenceFromTail } from "./evidence-from-tail";
import { expectClose, readVectors } from "./testing/vectors";

type Input = { p: number; pSequence?: undefined } | { p?: undefined; pSequence: number[] };
type Expected = { e?: number; logSR?: number[] };

describe("evidenceFromTail", () => {
  it("matches the integral computed by SciPy, and the sum over time that follows from it", () => {
    let sequences = 0;
    for (const { input, expected, tolerance } of readVectors<Input, Expected>("p_to_e", 12)) {
      if (input.pSequence === undefined) {
        expectClose(Math.exp(evidenceFromTail(Math.log(input.p))), expected.e ?? Number.NaN, tolerance);
        continue;
      }
      sequences += 1;
      let sum = -Infinity;
      expect(input.pSequence).toHaveLength(expected.logSR?.length ?? -1);
      for (const [window, p] of input.pSequence.entries()) {
        sum = addEvidence(sum, evidenceFromTail(Math.log(p)));
        expectClose(sum, expected.logSR?.[window] ?? Number.NaN, tolerance);
      }
    }
    expect(sequences).toBe(1);
  });

  it("has mean 1 over uniform tails, by the midpoint rule on ln p", () => {
    let mean = 0;
    const step = 0.001;
    for (let x = step / 2; x < 690; x += step) mean += Math.exp(evidenceFromTail(-x) - x) * step;
    // The integral of 1/x² beyond 690 is missing.
    expect(mean + 1 / 690).toBeCloseTo(1, 5);
  });

  it("rises as the tail falls, through both changes of formula", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 689, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (x, d) => {
          expect(evidenceFromTail(-x - d)).toBeGreaterThanOrEqual(evidenceFromTail(-x) - 1e-9);
        },
      ),
    );
    for (const edge of [1e-3, 30]) {
      expect(evidenceFromTail(-edge * (1 + 1e-12))).toBeCloseTo(evidenceFromTail(-edge * (1 - 1e-12)), 9);
    }
    expect(evidenceFromTail(0)).toBe(Math.log(0.5));
    expect(evidenceFromTail(-Infinity)).toBeCloseTo(690 - 2 * Math.log(690), 9);
  });

  it("refuses what is not the logarithm of a probability", () => {
    for (const bad of [0.1, Number.NaN]) expect(() => evidenceFromTail(bad)).toThrow(RangeError);
  });
});

describe("addEvidence", () => {
  it("does not overflow and agrees with the plain recursion", () => {
    let log = -Infinity;
    let plain = 0;
    for (let window = 0; window < 200; window += 1) {
      const evidence = Math.sin(window);
      log = addEvidence(log, evidence);
      plain = (plain + 1) * Math.exp(evidence);
      expect(log).toBeCloseTo(Math.log(plain), 9);
    }
    expect(addEvidence(1e6, 3)).toBe(1e6 + 3);
  });

  it("refuses what is not a finite piece of evidence", () => {
    expect(() => addEvidence(Number.NaN, 0)).toThrow("so far");
    expect(() => addEvidence(Infinity, 0)).toThrow("so far");
    expect(() => addEvidence(0, -Infinity)).toThrow("window");
  });
});
