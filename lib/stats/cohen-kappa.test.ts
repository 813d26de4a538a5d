import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { agreementOnWrong } from "./agreement-on-wrong";
import { cohenKappa } from "./cohen-kappa";
import type { LabelPair } from "./label-pair";
import { seededRandom } from "./testing/seeded-random";
import { expectClose, readVectors } from "./testing/vectors";

type Expected = {
  kappa: number;
  se: number;
  lower: number;
  upper: number;
  agreement: number;
  agreementOnWrong: number;
};

const label = fc.constantFrom("right", "wrong", "partial");
const pairs: fc.Arbitrary<LabelPair[]> = fc.array(fc.record({ first: label, second: label }), {
  minLength: 1,
  maxLength: 80,
});

function pairsOf(a: readonly string[], b: readonly string[]): LabelPair[] {
  return a.map((first, i) => ({ first, second: b[i] ?? "" }));
}

describe("cohenKappa and agreementOnWrong", () => {
  it("match statsmodels, limits cut off at 1", () => {
    for (const { input, expected, tolerance } of readVectors<{ a: string[]; b: string[] }, Expected>(
      "cohen_kappa",
      8,
    )) {
      const both = pairsOf(input.a, input.b);
      const got = cohenKappa(both);
      expectClose(got?.kappa, expected.kappa, tolerance);
      expectClose(got?.standardError, expected.se, tolerance);
      expectClose(got?.low, Math.max(-1, expected.lower), tolerance);
      expectClose(got?.high, Math.min(1, expected.upper), tolerance);
      expectClose(got?.agreement, expected.agreement, tolerance);
      expectClose(agreementOnWrong(both, "wrong")?.agreement, expected.agreementOnWrong, tolerance);
    }
  });

  it("do not change when the reviewers change places, or pairs are counted beforehand", () => {
    fc.assert(
      fc.property(pairs, (given) => {
        const got = cohenKappa(given);
        const swapped = given.map(({ first, second }) => ({ first: second, second: first }));
        const counted = new Map<string, LabelPair & { count: number }>();
        for (const pair of given) {
          const key = `${String(pair.first)} ${String(pair.second)}`;
          const known = counted.get(key) ?? { ...pair, count: 0 };
          counted.set(key, { ...known, count: known.count + 1 });
        }
        for (const other of [swapped, [...counted.values()]]) {
          expectClose(cohenKappa(other)?.kappa ?? null, got?.kappa ?? null, 1e-10);
          expectClose(cohenKappa(other)?.standardError ?? null, got?.standardError ?? null, 1e-7);
          expect(agreementOnWrong(other, "wrong")).toEqual(agreementOnWrong(given, "wrong"));
        }
        if (!got) return;
        expect(got.low).toBeLessThanOrEqual(got.kappa);
        expect(got.high).toBeGreaterThanOrEqual(got.kappa);
        expect(Math.abs(got.kappa)).toBeLessThanOrEqual(1 + 1e-12);
      }),
    );
  });

  it("covers the true kappa in about 95 % of samples", () => {
    // Truth wrong with chance 0.3, each reviewer errs with chance 0.1: both wrong 0.25, both right 0.57.
    const marginal = 0.3 * 0.9 + 0.7 * 0.1;
    const agreement = 0.9 * 0.9 + 0.1 * 0.1;
    const chance = marginal ** 2 + (1 - marginal) ** 2;
    const truth = (agreement - chance) / (1 - chance);
    const random = seededRandom(61);
    const said = (wrong: boolean) => (random() < 0.1 ? !wrong : wrong);
    let covered = 0;
    for (let run = 0; run < 1000; run += 1) {
      const sample = Array.from({ length: 200 }, () => {
        const wrong = random() < 0.3;
        return { first: said(wrong), second: said(wrong) };
      });
      const got = cohenKappa(sample);
      if (got && got.low <= truth && truth <= got.high) covered += 1;
    }
    expect(covered).toBeGreaterThan(920);
    expect(covered).toBeLessThan(980);
  });

  it("have no answer where nothing can be told", () => {
    expect(cohenKappa([])).toBeNull();
    expect(cohenKappa([{ first: "right", second: "right", count: 0 }])).toBeNull();
    expect(cohenKappa([{ first: "right", second: "right", count: 70 }])).toBeNull();
    expect(cohenKappa(Array.from({ length: 49 }, () => ({ first: 1, second: 1 })))).toBeNull();
    expect(agreementOnWrong([{ first: "right", second: "right" }], "wrong")).toBeNull();
    expect(cohenKappa([{ first: "right", second: "wrong" }])).toMatchObject({ kappa: 0, agreement: 0 });
  });

  it("refuse impossible arguments", () => {
    const good = { first: "right", second: "wrong" };
    for (const count of [-1, Infinity, Number.NaN]) {
      expect(() => cohenKappa([{ ...good, count }])).toThrow("count of a pair");
      expect(() => agreementOnWrong([{ ...good, count }], "wrong")).toThrow("count of a pair");
    }
    expect(() => cohenKappa([good], 1)).toThrow("confidence");
  });

  it("give the examples of their comments", () => {
    const kappa = cohenKappa([
      { first: "right", second: "right", count: 8 },
      { first: "wrong", second: "wrong" },
      { first: "right", second: "wrong" },
    ]);
    expect(kappa?.kappa).toBeCloseTo(0.615, 3);
    const wrong = [
      { first: "right", second: "right", count: 90 },
      { first: "wrong", second: "wrong", count: 4 },
      { first: "right", second: "wrong", count: 2 },
    ];
    expect(agreementOnWrong(wrong, "wrong")).toEqual({ agreement: 0.8, both: 4, onlyOne: 2 });
  });
});
