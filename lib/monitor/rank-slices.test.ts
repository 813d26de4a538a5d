import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { eBenjaminiHochberg } from "@/lib/stats/e-bh";
import { evidenceFromCounts } from "@/lib/stats/evidence-from-counts";
import { rankSlices } from "./rank-slices";
import { type SearchedSample, type SliceCounts, sliceCounts, sliceKey } from "./slice-counts";

const BOUNDARY = 0.9;

function slice(name: string, right: number, wrong: number, weight = 1): SliceCounts {
  const parts = name === "" ? [] : name.split(" ").map((value) => ({ attribute: value[0] ?? "", value }));
  const classes = [
    { weight, error: 0, count: right, mass: right * weight },
    { weight, error: 1, count: wrong, mass: wrong * weight },
  ].filter(({ count }) => count > 0);
  return { parts, observations: right + wrong, mass: (right + wrong) * weight, classes };
}

const names = (ranking: ReturnType<typeof rankSlices>) =>
  ranking.findings.map(({ parts }) => parts.map(({ value }) => value).join(" "));
const pilot = (values: Record<string, number>) =>
  new Map(Object.entries(values).map(([name, accuracy]) => [sliceKey(slice(name, 1, 0).parts), accuracy]));
const nothing = new Map<string, number>();

const anySlices = fc
  .array(fc.tuple(fc.nat(60), fc.nat(60), fc.constantFrom(1, 2, 7)), { minLength: 1, maxLength: 12 })
  .map((counts) => {
    const values = counts.map(([right, wrong, weight], at) => slice(`a${at}`, right, wrong, weight));
    const all = { parts: [], observations: 0, mass: 0, classes: values.flatMap(({ classes }) => classes) };
    for (const each of values) {
      all.observations += each.observations;
      all.mass += each.mass;
    }
    return [all, ...values];
  });

/** Of the weights that occur, the largest such that more than a twentieth of the outputs has it or a larger one. */
function fullWeight([whole]: readonly SliceCounts[]): number {
  const classes = whole?.classes ?? [];
  const reached = (least: number) =>
    classes.filter(({ weight }) => weight >= least).reduce((sum, { mass }) => sum + mass, 0);
  return Math.max(
    ...classes.map(({ weight }) => weight).filter((weight) => reached(weight) > 0.05 * (whole?.mass ?? 0)),
    0,
  );
}

describe("rankSlices", () => {
  it("finds what e-BH finds among the slices with at least 20 observations", () => {
    fc.assert(
      fc.property(anySlices, (slices) => {
        const judged = slices.filter(({ parts, observations }) => parts.length > 0 && observations >= 20);
        const full = fullWeight(slices);
        const logs = judged.map(({ classes }) =>
          evidenceFromCounts(
            classes.map(({ weight, error, count }) => ({ weight: Math.min(1, weight / full), error, count })),
            0.1,
          ),
        );
        const expected = eBenjaminiHochberg(logs, 0.1).map((index) => sliceKey(judged[index]?.parts ?? []));
        const ranking = rankSlices({ slices, boundary: BOUNDARY, pilot: nothing });
        expect(ranking.searched).toBe(judged.length);
        expect(ranking.findings.map(({ parts }) => sliceKey(parts)).sort()).toEqual(expected.sort());
      }),
    );
  });

  it("gives numbers in their ranges, whatever the order of the slices and the scale of the weights", () => {
    fc.assert(
      fc.property(anySlices, (slices) => {
        const ranking = rankSlices({ slices, boundary: BOUNDARY, pilot: pilot({ "": 0.93, a0: 0.7 }) });
        for (const { accuracy, band, share, falseShare, logEvidence } of ranking.findings) {
          expect(band.low).toBeLessThanOrEqual(accuracy);
          expect(accuracy).toBeLessThanOrEqual(band.high);
          expect(share).toBeGreaterThan(0);
          expect(share).toBeLessThanOrEqual(1);
          expect(falseShare).toBeLessThanOrEqual(0.1);
          expect(falseShare).toBeGreaterThanOrEqual(0);
          expect(logEvidence).not.toBeNaN();
        }
        const again = rankSlices({
          slices: slices
            .map(({ classes, mass, ...rest }) => ({
              ...rest,
              mass: 7 * mass,
              classes: classes.map((each) => ({ ...each, weight: 7 * each.weight, mass: 7 * each.mass })),
            }))
            .reverse(),
          boundary: BOUNDARY,
          pilot: pilot({ "": 0.93, a0: 0.7 }),
        });
        const sums = ({ findings }: typeof ranking) =>
          findings.map(({ logEvidence, share }) => (logEvidence + share).toFixed(9)).sort();
        expect(sums(again)).toEqual(sums(ranking));
      }),
    );
  });

  it("puts what got worse before what was as bad in the pilot, and the broad after both", () => {
    const slices = [
      slice("", 660, 640),
      slice("aAlwaysBad", 90, 210),
      slice("bWorseNow", 60, 60),
      slice("cNearlyAll", 560, 540),
    ];
    const known = pilot({ "": 0.92, aAlwaysBad: 0.35, bWorseNow: 0.97, cNearlyAll: 0.95 });
    const [first, second, third] = rankSlices({ slices, boundary: BOUNDARY, pilot: known }).findings;
    expect([first?.parts[0]?.value, second?.parts[0]?.value, third?.parts[0]?.value]).toEqual([
      "bWorseNow",
      "aAlwaysBad",
      "cNearlyAll",
    ]);
    expect(first?.pilot).toBe(0.97);
    // By the first evidence alone the order would be the opposite.
    expect(third?.logEvidence).toBeGreaterThan(second?.logEvidence ?? 0);
    expect(second?.logEvidence).toBeGreaterThan(first?.logEvidence ?? 0);
  });

  it("leaves out a pair that one of its values explains, and keeps one that is the cause", () => {
    const explained = [
      slice("", 900, 100),
      slice("a1", 50, 50),
      slice("a1 b1", 25, 25),
      slice("b1", 240, 20),
    ];
    expect(names(rankSlices({ slices: explained, boundary: BOUNDARY, pilot: nothing }))).toEqual(["a1"]);
    const cause = [slice("", 900, 100), slice("a1", 130, 50), slice("a1 b1", 8, 42), slice("b1", 150, 55)];
    expect(names(rankSlices({ slices: cause, boundary: BOUNDARY, pilot: nothing }))).toEqual([
      "a1 b1",
      "b1",
      "a1",
    ]);
  });

  it("names a segment once that has two names", () => {
    const slices = [slice("", 900, 100), slice("a1", 20, 40), slice("a1 b1", 20, 40), slice("b1", 20, 40)];
    expect(names(rankSlices({ slices, boundary: BOUNDARY, pilot: nothing }))).toEqual(["a1"]);
    const apart = [slice("", 900, 100), slice("a1", 20, 40), slice("b1", 20, 40), slice("a1 b1", 15, 30)];
    expect(names(rankSlices({ slices: apart, boundary: BOUNDARY, pilot: nothing }))).toEqual(["a1", "b1"]);
  });

  it("expects of a pair what the lower of its values reached", () => {
    const slices = [slice("", 800, 200), slice("a1 b1", 10, 40), slice("c1", 18, 32)];
    const known = pilot({ "": 0.95, a1: 0.3, b1: 0.99, c1: 0.99 });
    expect(names(rankSlices({ slices, boundary: BOUNDARY, pilot: known }))).toEqual(["c1", "a1 b1"]);
  });

  it("measures a value by its own boundary, and a pair by the lower one of its values", () => {
    const slices = [slice("", 900, 100), slice("a1", 90, 30), slice("b1", 70, 50), slice("a1 b1", 30, 20)];
    const ownBoundaries = pilot({ a1: 0.97, b1: 0.55 });
    const search = { slices, boundary: 0.72, pilot: nothing };
    expect(names(rankSlices(search))).toEqual(["b1"]);
    const { findings } = rankSlices({ ...search, ownBoundaries });
    expect(findings.map(({ parts, boundary }) => [parts[0]?.value, boundary])).toEqual([["a1", 0.97]]);
  });

  it("says how much one may be wrong, and what it costs", () => {
    const slices = [
      slice("", 900, 100),
      slice("a1", 40, 60),
      ...["a2", "a3", "a4"].map((a) => slice(a, 99, 1)),
    ];
    const traffic = pilot({ "": 5000, a1: 1000 });
    const [found] = rankSlices({ slices, boundary: BOUNDARY, pilot: nothing, traffic }).findings;
    expect(found?.share).toBe(0.2);
    expect(found?.impact).toBeCloseTo(0.2 * (0.9 - 0.4), 12);
    expect(found?.falseShare).toBeCloseTo(4 / Math.exp(found?.logEvidence ?? 0), 12);
  });

  it("is not blinded by a day of which a single output was reviewed", () => {
    const whole = slice("", 900, 100);
    const lone = { weight: 40, error: 0, count: 1, mass: 40 };
    const blinding = { ...whole, observations: 1001, mass: 1040, classes: [...whole.classes, lone] };
    const found = (all: SliceCounts) =>
      rankSlices({ slices: [all, slice("a1", 60, 30)], boundary: BOUNDARY, pilot: nothing }).findings[0];
    expect(found(blinding)?.logEvidence).toBeCloseTo(found(whole)?.logEvidence ?? 0, 12);
  });

  it("names the values with too few observations, the busiest first", () => {
    const slices = [
      slice("", 60, 0),
      slice("a1", 5, 0),
      slice("a2", 19, 0),
      slice("a3", 36, 0),
      slice("a1 b1", 5, 0),
    ];
    const { thin, thinPairs, searched, findings } = rankSlices({
      slices,
      boundary: BOUNDARY,
      pilot: nothing,
    });
    expect(thin.map(({ parts, share }) => [parts[0]?.value, share])).toEqual([
      ["a2", 19 / 60],
      ["a1", 5 / 60],
    ]);
    expect([thinPairs, searched, findings]).toEqual([1, 1, []]);
  });

  it("has nothing to say about nothing", () => {
    const empty = { searched: 0, found: 0, findings: [], further: 0, thin: [], thinPairs: 0 };
    expect(rankSlices({ slices: [], boundary: BOUNDARY, pilot: nothing })).toEqual(empty);
  });
});

describe("sliceCounts", () => {
  const sample = (over: Partial<SearchedSample>): SearchedSample => ({
    segments: { a: "1", b: "2" },
    cluster: null,
    weight: 4,
    score: 1,
    ...over,
  });

  it("makes the whole, every value and every pair", () => {
    const slices = sliceCounts([sample({}), sample({ segments: { a: "1" }, score: 0 })]);
    expect(slices.map(({ parts, observations }) => [sliceKey(parts), observations])).toEqual([
      ["[]", 2],
      ['[["a","1"]]', 2],
      ['[["b","2"]]', 1],
      ['[["a","1"],["b","2"]]', 1],
    ]);
  });

  it("merges a cluster inside each slice: mean error, mean weight, all its outputs", () => {
    const [all, , other] = sliceCounts([
      sample({ cluster: "x", score: 0 }),
      sample({ cluster: "x", weight: 2, segments: { a: "1", b: "3" } }),
      sample({ cluster: "y" }),
    ]);
    expect(all).toMatchObject({ observations: 2, mass: 10 });
    expect(all?.classes).toEqual([
      { weight: 3, error: 0.5, count: 1, mass: 6 },
      { weight: 4, error: 0, count: 1, mass: 4 },
    ]);
    expect(other).toMatchObject({ parts: [{ attribute: "b", value: "2" }], observations: 2, mass: 8 });
  });
});
