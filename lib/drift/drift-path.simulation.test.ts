import { expect, it } from "vitest";
import { populationStabilityIndex } from "@/lib/stats/population-stability-index";
import { seededRandom } from "@/lib/stats/seeded-random";
import { report } from "@/lib/testing/console";
import { fitWatched } from "./fit-features";
import { type DatedFacts, followRecords, movesOf } from "./testing/follow-records";
import { madeOutput } from "./testing/made-outputs";

const PILOT = 1000;
const PER_DAY = 100;
const DAYS = 180;
const RUNS = 12;
/** By which a normal number must move for a true index of about 0.25 over the deciles. */
const SHIFT = 0.5;

function day(index: number): string {
  return new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10);
}

function makePilot(random: () => number) {
  return Array.from({ length: PILOT }, (_, at) => ({ facts: madeOutput(random), cluster: String(at) }));
}

function makeProduction(random: () => number, days: number, shift: number): DatedFacts[] {
  return Array.from({ length: days * PER_DAY }, (_, at) => ({
    facts: madeOutput(random, shift),
    cluster: String(at),
    day: day(Math.floor(at / PER_DAY)),
  }));
}

it("finds no drift where there is none, where an index above 0.25 marks most attributes", {
  timeout: 60_000,
}, () => {
  const random = seededRandom(51);
  let falseFeatures = 0;
  let marked = 0;
  for (let run = 0; run < RUNS; run += 1) {
    const { features } = fitWatched(makePilot(random));
    // Twenty fields, and their form.
    expect(features).toHaveLength(21);
    for (const followed of followRecords(features, 1, makeProduction(random, DAYS, 0))) {
      expect(followed.windows).toHaveLength(DAYS);
      if (movesOf(followed).length > 0) falseFeatures += 1;
      const { baseline } = followed.feature;
      if (
        followed.windows.some(({ counts }) => (populationStabilityIndex(counts, baseline)?.index ?? 0) > 0.25)
      )
        marked += 1;
    }
  }
  report(
    `drift: ${falseFeatures} false features in ${RUNS} runs of 21 x ${DAYS} days; the index marks ${(marked / RUNS).toFixed(1)} of 21`,
  );
  expect(falseFeatures / RUNS).toBeLessThanOrEqual(0.05);
  expect(marked / RUNS).toBeGreaterThan(5);
});

it("finds a move of index 0.25 within ten days at a hundred outputs a day", () => {
  const random = seededRandom(52);
  const delays: number[] = [];
  const indices: number[] = [];
  for (let run = 0; run < 30; run += 1) {
    const { features } = fitWatched(makePilot(random));
    const moved = features.filter(({ path }) => path === "/input/moved");
    const threshold = features.length;
    const large = { production: Array.from({ length: 5000 }, () => madeOutput(random, SHIFT)) };
    const [whole] = followRecords(
      moved,
      1,
      large.production.map((facts, at) => ({ facts, cluster: String(at), day: day(0) })),
    );
    const baseline = whole?.feature.baseline ?? [];
    indices.push(populationStabilityIndex(whole?.windows[0]?.counts ?? [], baseline)?.index ?? 0);
    const [followed] = followRecords(moved, 1, makeProduction(random, 20, SHIFT), threshold);
    const noticed = followed?.windows.findIndex((window) => window.noticed) ?? -1;
    delays.push(noticed < 0 ? Infinity : noticed + 1);
  }
  const sorted = delays.toSorted((a, b) => a - b);
  const mean = indices.reduce((sum, index) => sum + index, 0) / indices.length;
  report(
    `drift: index ${mean.toFixed(3)} found after ${sorted[15]} days (median), ${sorted[27]} (nine of ten)`,
  );
  expect(mean).toBeGreaterThan(0.22);
  expect(mean).toBeLessThan(0.28);
  expect(sorted[15]).toBeLessThanOrEqual(10);
});

it("follows a field from where it moved to: silent while it stays there, and a second move is found", () => {
  const random = seededRandom(53);
  let further = 0;
  const delays: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const { features } = fitWatched(makePilot(random));
    const moved = features.filter(({ path }) => path === "/input/moved");
    const again = makeProduction(random, 20, 2 * SHIFT).map((each, at) => ({
      ...each,
      day: day(DAYS + Math.floor(at / PER_DAY)),
    }));
    const [followed] = followRecords(
      moved,
      1,
      [...makeProduction(random, DAYS, SHIFT), ...again],
      features.length,
    );
    const [first, ...others] = followed ? movesOf(followed) : [];
    expect(first?.endedBy).toBe("moved_on");
    further += others.filter(({ noticedOn }) => noticedOn < day(DAYS)).length;
    const second = others.find(({ noticedOn }) => noticedOn >= day(DAYS))?.noticedOn ?? "9999-12-31";
    delays.push((Date.parse(second) - Date.parse(day(DAYS - 1))) / 86_400_000);
  }
  const sorted = delays.toSorted((a, b) => a - b);
  report(
    `drift: ${further} false further moves in ${RUNS} runs of ${DAYS} days; a second move is found after ${sorted[RUNS / 2]} days (median), ${sorted.at(-1)} (latest)`,
  );
  expect(further).toBe(0);
  expect(sorted[RUNS / 2]).toBeLessThanOrEqual(10);
});
