import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dawidSkene } from "./dawid-skene";
import { type Ratings, ratings } from "./testing/ratings-arbitrary";
import { seededRandom } from "./testing/seeded-random";
import { expectClose, readVectors } from "./testing/vectors";

type Input = { ratings: Ratings; classes: number; iterations: number };
type Expected = { posteriorClass1: number[]; prevalenceClass1: number; confusion: number[][][] };

/** 300 items, a fifth of class 1, labelled by reviewers who err with these chances. */
function simulate(errors: readonly number[], random: () => number) {
  const truth = Array.from({ length: 300 }, () => (random() < 0.2 ? 1 : 0));
  return { truth, labels: errors.map((error) => truth.map((t) => (random() < error ? 1 - t : t))) };
}

describe("dawidSkene", () => {
  it("matches numpy and crowd-kit", () => {
    let confusions = 0;
    for (const { input, expected, tolerance } of readVectors<Input, Expected>("dawid_skene", 3)) {
      const got = dawidSkene(input.ratings, input.classes, input.iterations);
      expect(got?.posteriors).toHaveLength(expected.posteriorClass1.length);
      for (const [item, value] of expected.posteriorClass1.entries()) {
        expectClose(got?.posteriors[item]?.[1], value, tolerance);
      }
      expectClose(got?.prevalence[1], expected.prevalenceClass1, tolerance);
      for (const [reviewer, rows] of expected.confusion.entries()) {
        for (const [truth, row] of rows.entries()) {
          for (const [said, value] of row.entries()) {
            expectClose(got?.confusion[reviewer]?.[truth]?.[said], value, tolerance);
            confusions += 1;
          }
        }
      }
    }
    expect(confusions).toBe(12 * 4);
  });

  it("gives probabilities that add up to 1, and null exactly for items without a label", () => {
    fc.assert(
      fc.property(ratings, (given) => {
        const got = dawidSkene(given, 3, 20);
        const labelled = (given[0] ?? []).map((_, item) => given.some((row) => row[item] !== null));
        expect(got === null).toBe(!labelled.includes(true));
        if (!got) return;
        const rows = [got.prevalence, ...got.confusion.flat()];
        for (const [item, posterior] of got.posteriors.entries()) {
          expect(posterior !== null).toBe(labelled[item]);
          if (posterior) rows.push(posterior);
        }
        for (const row of rows) {
          for (const value of row) expect(value).toBeGreaterThanOrEqual(0);
          expectClose(
            row.reduce((sum, value) => sum + value, 0),
            1,
            1e-9,
          );
        }
      }),
      { numRuns: 50 },
    );
  });

  it("finds the truth more often than the majority when one reviewer is much better", () => {
    const random = seededRandom(81);
    let byModel = 0;
    let byMajority = 0;
    for (let run = 0; run < 10; run += 1) {
      const { truth, labels } = simulate([0.02, 0.25, 0.25], random);
      const got = dawidSkene(labels, 2);
      for (const [item, t] of truth.entries()) {
        if ((got?.posteriors[item]?.[1] ?? 0.5) > 0.5 === (t === 1)) byModel += 1;
        const votes = labels.reduce((sum, row) => sum + (row[item] ?? 0), 0);
        if (votes >= 2 === (t === 1)) byMajority += 1;
      }
    }
    expect(byModel / 3000).toBeGreaterThan(0.95);
    expect(byModel).toBeGreaterThan(byMajority + 60);
  });

  it("has no answer without a label, and refuses impossible arguments", () => {
    expect(dawidSkene([], 2)).toBeNull();
    expect(dawidSkene([[null, null]], 2)).toBeNull();
    expect(() => dawidSkene([[0, 2]], 2)).toThrow("Every label");
    expect(() => dawidSkene([[0, 0.5]], 2)).toThrow("Every label");
    expect(() => dawidSkene([[0, 1], [0]], 2)).toThrow("one place per item");
    expect(() => dawidSkene([[0]], 1)).toThrow("two classes");
    expect(() => dawidSkene([[0]], 2, 0)).toThrow("one iteration");
  });
});
