import { expect, it } from "vitest";
import { type ReviewedBy, reviewerMixTrend } from "./reviewer-mix-trend";
import { seededRandom } from "./testing/seeded-random";

const RUNS = 500;
const WEEKS = 8;
const PER_WEEK = 120;
const leastCoverage = 0.95 - 3 * Math.sqrt((0.95 * 0.05) / RUNS);

/** Of wrong outputs, the share that somebody finds; of right ones, the share they accept. */
const PEOPLE = [
  { name: "careful", finds: 0.95, accepts: 0.99 },
  { name: "hasty", finds: 0.35, accepts: 0.995 },
  { name: "stern", finds: 0.9, accepts: 0.94 },
];

/** How often somebody finds an output right when so many of them are wrong. */
function findsRight({ finds, accepts }: (typeof PEOPLE)[number], wrong: number): number {
  return (1 - wrong) * accepts + wrong * (1 - finds);
}

interface World {
  wrong: (week: number) => number;
  /** Parts of the three people. */
  parts: (week: number) => readonly number[];
}

/** The careful one leaves the work to the hasty one, little by little. */
const handover = (week: number) => {
  const hasty = 0.1 + (0.7 * week) / (WEEKS - 1);
  return [0.9 - hasty, hasty, 0.1];
};

function simulate({ wrong, parts }: World, random: () => number): ReviewedBy[] {
  return Array.from({ length: WEEKS }, (_, week) =>
    PEOPLE.map((person, at) => {
      const n = Math.round(PER_WEEK * (parts(week)[at] ?? 0));
      const chance = findsRight(person, wrong(week));
      const right = Array.from({ length: n }, random).filter((u) => u < chance).length;
      return { period: `${week}`, reviewer: person.name, n, right };
    }),
  ).flat();
}

/** What all weeks would show if everybody always had their part of the whole. */
function truthOf(world: World, cells: readonly ReviewedBy[], week: number): number {
  const all = cells.reduce((sum, { n }) => sum + n, 0);
  return PEOPLE.reduce((sum, person) => {
    const own = cells.filter(({ reviewer }) => reviewer === person.name);
    return sum + (own.reduce((n, each) => n + each.n, 0) / all) * findsRight(person, world.wrong(week));
  }, 0);
}

function measure(world: World, seed: number) {
  const random = seededRandom(seed);
  const tally = { covered: 0, plainCovers: 0, told: 0, toldWrongly: 0, first: 0, last: 0, plainChange: 0 };
  for (let run = 0; run < RUNS; run += 1) {
    const cells = simulate(world, random);
    const lines = reviewerMixTrend(cells);
    const last = lines.at(-1);
    const truth = truthOf(world, cells, WEEKS - 1);
    if (!last?.adjusted || !last.mixEffect) continue;
    if (last.adjusted.low <= truth && truth <= last.adjusted.high) tally.covered += 1;
    if (Math.abs(last.plain - truth) <= (last.adjusted.high - last.adjusted.low) / 2) tally.plainCovers += 1;
    if (last.mixEffect.low > 0) tally.told += 1;
    if (last.mixEffect.high < 0) tally.toldWrongly += 1;
    tally.first += (lines[0]?.adjusted?.mean ?? 0) / RUNS;
    tally.last += last.adjusted.mean / RUNS;
    tally.plainChange += (last.plain - (lines[0]?.plain ?? 0)) / RUNS;
  }
  return { ...tally, change: tally.last - tally.first };
}

it("stays where it is when only the mix of the reviewers changes, while the plain share moves", () => {
  const found = measure({ wrong: () => 0.12, parts: handover }, 31);
  expect(found.plainChange).toBeGreaterThan(0.04);
  expect(Math.abs(found.change)).toBeLessThan(0.006);
  expect(found.covered / RUNS).toBeGreaterThanOrEqual(leastCoverage);
  expect(found.plainCovers / RUNS).toBeLessThan(found.covered / RUNS);
  expect(found.told / RUNS).toBeGreaterThan(0.5);
});

it("follows the model when only the model changes, and blames nobody", () => {
  const world: World = { wrong: (week) => 0.06 + (0.16 * week) / (WEEKS - 1), parts: () => [0.4, 0.5, 0.1] };
  const found = measure(world, 32);
  expect(found.change).toBeCloseTo(found.plainChange, 6);
  expect(found.covered / RUNS).toBeGreaterThanOrEqual(leastCoverage);
  expect((found.told + found.toldWrongly) / RUNS).toBeLessThan(0.05);
});

it("sees a loss that a change of reviewers hides", () => {
  const world: World = { wrong: (week) => 0.06 + (0.12 * week) / (WEEKS - 1), parts: handover };
  const found = measure(world, 33);
  expect(Math.abs(found.plainChange)).toBeLessThan(0.03);
  expect(found.change).toBeLessThan(-0.04);
  expect(found.told / RUNS).toBeGreaterThan(0.5);
});

it("names a change of reviewers falsely in at most 5 % of cases when they judge alike", () => {
  const alike = PEOPLE.map((person) => ({ ...person, finds: 0.8, accepts: 0.98 }));
  const random = seededRandom(34);
  let named = 0;
  for (let run = 0; run < RUNS; run += 1) {
    const cells = Array.from({ length: WEEKS }, (_, week) =>
      alike.map((person, at) => {
        const n = Math.round(PER_WEEK * (handover(week)[at] ?? 0));
        const chance = findsRight(person, 0.12);
        const right = Array.from({ length: n }, random).filter((u) => u < chance).length;
        return { period: `${week}`, reviewer: person.name, n, right };
      }),
    ).flat();
    const last = reviewerMixTrend(cells).at(-1)?.mixEffect;
    if (last && (last.low > 0 || last.high < 0)) named += 1;
  }
  expect(named / RUNS).toBeLessThan(0.05 + 3 * Math.sqrt((0.05 * 0.95) / RUNS));
});
