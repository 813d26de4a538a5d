import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { agreementOnWrong } from "./agreement-on-wrong";
import { specificAgreement } from "./specific-agreement";
import { seededRandom } from "./testing/seeded-random";

/** P(X ≥ x) of a binomial, summed term by term. */
function upperTail(x: number, n: number, chance: number): number {
  let term = (1 - chance) ** n;
  let below = 0;
  for (let k = 0; k < x; k += 1) {
    below += term;
    term *= ((n - k) / (k + 1)) * (chance / (1 - chance));
  }
  return 1 - below;
}

describe("specificAgreement", () => {
  it("is the agreement on wrong, whatever the label is called", () => {
    fc.assert(
      fc.property(fc.nat(200), fc.nat(200), (both, onlyOne) => {
        const known = agreementOnWrong(
          [
            { first: "wrong", second: "wrong", count: both },
            { first: "right", second: "wrong", count: onlyOne },
          ],
          "wrong",
        );
        const found = specificAgreement(both, onlyOne);
        expect(found === null).toBe(known === null);
        if (!found || !known) return;
        expect(found.agreement).toBeCloseTo(known.agreement, 12);
        expect(found.low).toBeGreaterThanOrEqual(0);
        expect(found.low).toBeLessThanOrEqual(found.agreement);
        expect(found.high).toBeGreaterThanOrEqual(found.agreement);
        expect(found.high).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("has limits at which the counts are as unlikely as 2.5 %", () => {
    const found = specificAgreement(12, 9);
    const shareOf = (agreement: number) => agreement / (2 - agreement);
    expect(upperTail(12, 21, shareOf(found?.low ?? 0))).toBeCloseTo(0.025, 8);
    expect(1 - upperTail(13, 21, shareOf(found?.high ?? 0))).toBeCloseTo(0.025, 8);
  });

  it("covers the truth in at least 95 % of samples of outputs", () => {
    const random = seededRandom(17);
    const [bothWrong, onlyOne] = [0.04, 0.05];
    const truth = (2 * bothWrong) / (2 * bothWrong + onlyOne);
    const runs = 2_000;
    let covered = 0;
    for (let run = 0; run < runs; run += 1) {
      const counts = { both: 0, onlyOne: 0 };
      for (let output = 0; output < 200; output += 1) {
        const u = random();
        if (u < bothWrong) counts.both += 1;
        else if (u < bothWrong + onlyOne) counts.onlyOne += 1;
      }
      const found = specificAgreement(counts.both, counts.onlyOne);
      if (found && found.low <= truth && truth <= found.high) covered += 1;
    }
    expect(covered / runs).toBeGreaterThanOrEqual(0.95 - 3 * Math.sqrt((0.95 * 0.05) / runs));
    expect(covered / runs).toBeLessThan(1);
  });

  it("refuses impossible counts", () => {
    expect(() => specificAgreement(-1, 2)).toThrow("both");
    expect(() => specificAgreement(1, Number.NaN)).toThrow("only one");
  });
});
