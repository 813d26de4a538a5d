import fc from "fast-check";
import { expect, it } from "vitest";
import { seededRandom } from "@/lib/stats/seeded-random";
import { type Feature, featureName, plainCounts, specialBins } from "./feature";
import { fitFeatures, fitWatched } from "./fit-features";
import type { ClusteredFacts, OutputFacts } from "./output-facts";
import { madeOutput } from "./testing/made-outputs";
import { addCounts, noWindowCounts, totalOf, windowCounter } from "./window-counts";

function facts(input: unknown): OutputFacts {
  return { input, output: { label: "a" }, confidence: null, environment: null, latencyMs: null };
}

function pilotOf(inputs: readonly unknown[]): ClusteredFacts[] {
  return inputs.map((input, at) => ({ facts: facts(input), cluster: String(at) }));
}

function featureOf(features: readonly Feature[], name: string): Feature {
  const found = features.find((feature) => featureName(feature) === name);
  if (!found) throw new Error(`${name} is not among ${features.map(featureName).join(", ")}`);
  return found;
}

it("takes numbers by deciles, also when they came as text, with broken and missing ones apart", () => {
  const inputs = Array.from({ length: 100 }, (_, at) => ({ amount: String((at % 50) + 1) }));
  const { features } = fitFeatures(pilotOf([...inputs, { amount: null }, {}, { amount: "n/a" }]));
  const amount = featureOf(features, "/input/amount");
  expect(amount.bins).toMatchObject({ kind: "number", edges: [5, 10, 15, 20, 25, 30, 35, 40, 45] });
  expect(amount.baseline).toEqual([10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 2, 1]);
});

it("merges edges of numbers with few values", () => {
  const { features } = fitFeatures(pilotOf(Array.from({ length: 90 }, (_, at) => ({ stars: at % 3 }))));
  const { bins, baseline } = featureOf(features, "/input/stars");
  expect(bins).toMatchObject({ edges: [0, 1, 2] });
  expect(baseline).toEqual([30, 30, 30, 0, 0, 0]);
});

it("names nineteen values of a category and counts one seen once as new to the rest", () => {
  const common = Array.from({ length: 440 }, (_, at) => ({ kind: `k${at % 22}` }));
  const { features } = fitFeatures(pilotOf([...common, { kind: "lonely" }, { kind: "" }]));
  const { bins, baseline } = featureOf(features, "/input/kind");
  expect(bins).toMatchObject({ kind: "category", rare: expect.arrayContaining(["k9", "lonely"]) });
  expect(baseline).toEqual([...Array.from({ length: 19 }, () => 20), 60, 1, 1]);
  const counts = noWindowCounts(features);
  const count = windowCounter(features);
  for (const kind of ["lonely", "unheard of", null]) count(counts, facts({ kind }));
  const at = features.findIndex(({ path }) => path === "/input/kind");
  expect(counts[at]?.slice(19)).toEqual([1, 1, 1]);
});

it("watches the length of free text and of lists, and only the form of dates and ids", () => {
  const random = seededRandom(5);
  const inputs = Array.from({ length: 120 }, (_, at) => ({
    text: `text ${random()}`,
    list: [1, 2],
    at: `2026-01-${String((at % 28) + 1).padStart(2, "0")}`,
    id: 1000 + at,
  }));
  const { features } = fitFeatures(pilotOf(inputs));
  expect(features.map(featureName).toSorted()).toEqual([
    "/input/at",
    "/input/id",
    "/input/list#items",
    "/input/text#length",
    "/output/label",
  ]);
  const at = featureOf(features, "/input/at");
  expect(at.bins).toEqual({ kind: "format", format: "date" });
  expect(specialBins(at.bins)).toEqual({ missing: 1, unparseable: 2, fresh: null });
});

it("watches segments, the form of records, the form of addresses and which of the new values come", () => {
  const random = seededRandom(9);
  const make = (segment: string, more: Record<string, unknown> = {}) => ({
    ...facts({ mail: `a${random()}@example.org`, kind: random() < 0.5 ? "a" : "b", ...more }),
    segments: { area: segment },
  });
  const pilot = Array.from({ length: 200 }, (_, at) => ({
    facts: make(at % 2 ? "north" : "south"),
    cluster: String(at),
  }));
  const { features } = fitWatched(pilot);
  expect(features.map(featureName)).toEqual([
    "/form",
    "/input/kind",
    "/input/mail",
    "/output/label",
    "/segments/area",
  ]);
  expect(featureOf(features, "/input/mail").bins).toEqual({ kind: "format", format: "email" });
  const counts = noWindowCounts(features);
  const count = windowCounter(features);
  const odd = [
    { mail: "none" },
    { kind: "Entire home" },
    { kind: "Entire residential home" },
    { kind: null, more: 1 },
  ];
  for (const more of odd) count(counts, make("north", more));
  const rowOf = (name: string) =>
    counts[features.findIndex((feature) => featureName(feature) === name)] ?? [];
  expect(rowOf("/input/mail")).toEqual([3, 0, 1]);
  const { fresh } = specialBins(featureOf(features, "/input/kind").bins);
  expect(
    rowOf("/input/kind")
      .slice(fresh ?? 0)
      .filter((each) => each === 1),
  ).toHaveLength(3);
  const { bins } = featureOf(features, "/input/kind");
  expect(plainCounts(bins, rowOf("/input/kind")).slice(-2)).toEqual([2, 1]);
  expect(rowOf("/form").reduce((sum, each) => sum + each, 0)).toBe(4);
  const values = pilot.map(({ facts: each }, at) => ({
    facts: { ...each, input: { [`f${at}`]: 1 } },
    cluster: String(at),
  }));
  expect(fitWatched(values).features.map(featureName)).not.toContain("/form#length");
});

it("watches five hundred paths at most and says how many more there are", () => {
  const wide = Object.fromEntries(Array.from({ length: 700 }, (_, at) => [`field${at}`, at]));
  const { features, unwatched } = fitFeatures(pilotOf([wide, wide]));
  expect(features).toHaveLength(500);
  expect(unwatched).toBe(201);
});

it("gives the same features in whatever order the pilot comes", () => {
  const random = seededRandom(6);
  const pilot = Array.from({ length: 200 }, (_, at) => ({
    facts: madeOutput(random),
    cluster: `c${at % 90}`,
  }));
  const { features } = fitFeatures(pilot);
  const backwards = fitFeatures(pilot.toReversed()).features;
  const alike = (feature: Feature) => ({ ...feature, designEffect: 1 });
  expect(backwards.map(alike)).toEqual(features.map(alike));
  for (const [at, { designEffect }] of features.entries())
    expect(backwards[at]?.designEffect).toBeCloseTo(designEffect, 9);
});

it("sees by how much clusters make counts vary more", () => {
  const single = pilotOf(Array.from({ length: 600 }, (_, at) => ({ side: at % 2 === 0 ? "l" : "r" })));
  const alike = single.map(({ facts: each }, at) => ({ facts: each, cluster: `c${at % 60}` }));
  expect(featureOf(fitFeatures(single).features, "/input/side").designEffect).toBe(1);
  expect(featureOf(fitFeatures(alike).features, "/input/side").designEffect).toBeCloseTo(10, 0);
});

it("counts add up in any division and any order", () => {
  const random = seededRandom(7);
  const outputs = Array.from({ length: 60 }, () => madeOutput(random));
  const { features } = fitFeatures(outputs.map((each, at) => ({ facts: each, cluster: String(at) })));
  const count = windowCounter(features);
  const countAll = (some: readonly OutputFacts[]) => {
    const counts = noWindowCounts(features);
    for (const each of some) count(counts, each);
    return counts;
  };
  const whole = countAll(outputs);
  for (const row of whole) expect(totalOf(row)).toBe(60);
  fc.assert(
    fc.property(fc.shuffledSubarray(outputs, { minLength: 60 }), fc.nat(60), (shuffled, cut) => {
      const [a, b] = [countAll(shuffled.slice(0, cut)), countAll(shuffled.slice(cut))];
      expect(a.map((row, at) => addCounts(row, b[at] ?? []))).toEqual(whole);
    }),
    { seed: 8, numRuns: 30 },
  );
});
