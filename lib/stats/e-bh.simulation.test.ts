import { expect, it } from "vitest";
import { eBenjaminiHochberg } from "./e-bh";
import { evidenceFromCounts } from "./evidence-from-counts";
import { upToChance } from "./testing/count-alarms";
import { seededRandom } from "./testing/seeded-random";

const [attributes, values, reviews, perDay, support] = [4, 4, 1200, 40, 20];

/** One attribute has a value, or two have both: [attribute, value, attribute, value]. */
type Slice = readonly [number, number, number, number];

function allSlices(): Slice[] {
  const slices: Slice[] = [];
  for (let a = 0; a < attributes; a += 1)
    for (let v = 0; v < values; v += 1) {
      slices.push([a, v, a, v]);
      for (let b = a + 1; b < attributes; b += 1)
        for (let w = 0; w < values; w += 1) slices.push([a, v, b, w]);
    }
  return slices;
}
const slices = allSlices();

type Count = { n: number; wrong: number };
type Search = (counts: readonly Count[]) => number[];

/** Slices that e-BH at 10 % names, the strongest first. */
const search: Search = (counts) => {
  const supported = [...counts.keys()].filter((i) => (counts[i]?.n ?? 0) >= support);
  const evidence = supported.map((i) => {
    const { n, wrong } = counts[i] ?? { n: 0, wrong: 0 };
    return evidenceFromCounts(
      [
        { weight: 1, error: 1, count: wrong },
        { weight: 1, error: 0, count: n - wrong },
      ],
      0.05,
    );
  });
  return eBenjaminiHochberg(evidence, 0.1).map((k) => supported[k] ?? -1);
};

/** Planted fault: each slice tested by itself at 5 %. */
const oneByOne: Search = (counts) =>
  [...counts.keys()].filter((i) => {
    const { n, wrong } = counts[i] ?? { n: 0, wrong: 0 };
    return n >= support && wrong - 0.05 * n > 1.645 * Math.sqrt(n * 0.05 * 0.95);
  });

/** One month of reviews, 95 % right but for the bad slice; looks at the end of each day, or only at the last. */
function month(
  random: () => number,
  bad: { slice: number; drop: number },
  look: (counts: readonly Count[]) => void,
) {
  const counts = slices.map((): Count => ({ n: 0, wrong: 0 }));
  for (let review = 1; review <= reviews; review += 1) {
    const own = Array.from({ length: attributes }, () => Math.floor(random() * values));
    const inside = slices.map(([a, v, b, w]) => own[a] === v && own[b] === w);
    const isWrong = random() < 0.05 + (inside[bad.slice] === true ? bad.drop : 0);
    for (const [i, count] of counts.entries()) {
      if (inside[i] !== true) continue;
      count.n += 1;
      if (isWrong) count.wrong += 1;
    }
    if (review % perDay === 0) look(counts);
  }
}

function everFinds(runs: number, find: Search): number {
  const random = seededRandom(140);
  let found = 0;
  for (let run = 0; run < runs; run += 1) {
    let any = false;
    month(random, { slice: 0, drop: 0 }, (counts) => {
      any ||= find(counts).length > 0;
    });
    if (any) found += 1;
  }
  return found / runs;
}

it("names no slice in 90 % of months without a bad one, looked at every day", () => {
  expect(slices).toHaveLength(112);
  expect(everFinds(100, search)).toBeLessThanOrEqual(upToChance(0.1, 100));
});

it("would see slices tested one by one", () => {
  expect(everFinds(20, oneByOne)).toBeGreaterThan(0.8);
});

it("names a value that is ten points worse, and a pair that is twenty points worse, mostly as the first", () => {
  const pair = slices.findIndex(([a, , b]) => a !== b);
  for (const bad of [
    { slice: 0, drop: 0.1 },
    { slice: pair, drop: 0.2 },
  ]) {
    const random = seededRandom(141);
    let [named, first] = [0, 0];
    for (let run = 0; run < 60; run += 1) {
      let last: number[] = [];
      month(random, bad, (counts) => {
        if (counts.reduce((sum, { n }) => sum + n, 0) >= reviews * 10) last = search(counts);
      });
      if (last.includes(bad.slice)) named += 1;
      if (last[0] === bad.slice) first += 1;
    }
    expect(named / 60).toBeGreaterThan(0.7);
    expect(first / 60).toBeGreaterThan(0.6);
  }
});
