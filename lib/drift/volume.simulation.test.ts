import { expect, it } from "vitest";
import { seededRandom } from "@/lib/stats/seeded-random";
import { report } from "@/lib/testing/console";
import { fitVolume, judgeVolume, lastRun, type VolumeCount } from "./volume";
import { DAY_TAIL, HOUR_TAIL } from "./volume-tails";

const DAYS = 180;

/** Gamma by Marsaglia and Tsang, whole shapes above 1 only. */
function gamma(random: () => number, shape: number): number {
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - random()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}

function poisson(random: () => number, mean: number): number {
  if (mean > 60) {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal));
  }
  const limit = Math.exp(-mean);
  let [count, product] = [0, random()];
  while (product > limit) {
    count += 1;
    product *= random();
  }
  return count;
}

/** A count with `clumps` times the variance of independent records. */
function draw(random: () => number, mean: number, clumps: number): number {
  if (clumps <= 1 || mean < 2 * clumps) return poisson(random, mean);
  const shape = mean / (clumps - 1);
  return poisson(random, (gamma(random, shape) / shape) * mean);
}

const WEEK = [1, 1.05, 1.1, 1.05, 0.95, 0.4, 0.3];
const ofDay = (day: number) => `${day % 7}`;

function daysOf(random: () => number, { days, mean, clumps }: Stream, factor = 1): VolumeCount[] {
  return Array.from({ length: days }, (_, day) => ({
    slot: ofDay(day),
    count: draw(random, factor * mean * (WEEK[day % 7] ?? 1), clumps),
  }));
}

interface Stream {
  days: number;
  mean: number;
  clumps: number;
}

it.each([
  { pilot: 14, mean: 100, clumps: 1, fall: 0.2 },
  { pilot: 14, mean: 1_000, clumps: 5, fall: 0.4 },
  { pilot: 28, mean: 400, clumps: 3, fall: 0.5 },
  { pilot: 28, mean: 20, clumps: 1, fall: 0.1 },
] as const)("days: no change, no finding (pilot $pilot days, $mean a day, clumps $clumps)", (made) => {
  const random = seededRandom(20_261_214 + made.pilot + made.mean);
  const runs = 300;
  let [alarms, found, waited] = [0, 0, 0];
  for (let run = 0; run < runs; run += 1) {
    const baseline = fitVolume(daysOf(random, { ...made, days: made.pilot }));
    if (!baseline) throw new Error("The pilot is too short.");
    const calm = daysOf(random, { ...made, days: DAYS });
    if (calm.some((each) => ["low", "high"].includes(judgeVolume(baseline, each, DAY_TAIL)))) alarms += 1;
    const fallen = daysOf(random, { ...made, days: 21 }, made.fall);
    const at = fallen.findIndex((each) => judgeVolume(baseline, each, DAY_TAIL) === "low");
    if (at >= 0) [found, waited] = [found + 1, waited + at + 1];
  }
  report(
    `volume by day, pilot of ${made.pilot} days, ${made.mean} a day, clumps ${made.clumps}: ${alarms} of ${runs} half years with a ` +
      `false finding; a fall to ${made.fall} found in ${found} of ${runs} within three weeks, after ${(waited / Math.max(1, found)).toFixed(1)} days`,
  );
  expect(alarms / runs).toBeLessThanOrEqual(0.05);
  expect(found / runs).toBeGreaterThan(0.9);
});

it("hours: no change, no finding in half a year; an outage of one hour is one", () => {
  const random = seededRandom(77);
  const runs = 40;
  const hourly = (hours: number, factor = 1): VolumeCount[] =>
    Array.from({ length: hours }, (_, hour) => ({
      slot: `${hour % 168}`,
      count: draw(random, factor * (4 + 36 * Math.sin((Math.PI * (hour % 24)) / 24) ** 2), 2),
    }));
  let [alarms, found] = [0, 0];
  for (let run = 0; run < runs; run += 1) {
    const baseline = fitVolume(hourly(24 * 28));
    if (!baseline) throw new Error("The pilot is too short.");
    const calm = hourly(24 * DAYS);
    if (calm.some((each) => ["low", "high"].includes(judgeVolume(baseline, each, HOUR_TAIL)))) alarms += 1;
    if (judgeVolume(baseline, { slot: "12", count: 0 }, HOUR_TAIL) === "low") found += 1;
  }
  report(
    `volume by hour: ${alarms} of ${runs} half years with a false finding; ${found} of ${runs} outages found`,
  );
  expect(alarms / runs).toBeLessThanOrEqual(0.05);
  expect(found).toBe(runs);
});

it("a run goes on while nothing is normal again, and turns with its direction", () => {
  const baseline = fitVolume(Array.from({ length: 20 }, (_, at) => ({ slot: "0", count: 95 + (at % 11) })));
  if (!baseline) throw new Error("No baseline.");
  const of = (...counts: number[]) =>
    lastRun(
      baseline,
      counts.map((count) => ({ slot: "0", count })),
      DAY_TAIL,
    );
  expect(of(100, 30, 25, 28)).toMatchObject({ direction: "low", from: 1, count: 28 });
  expect(of(100, 30, 25, 101)).toBeNull();
  expect(of(30, 101, 400)).toMatchObject({ direction: "high", from: 2 });
  expect(of(30, 400)).toMatchObject({ direction: "high", from: 1 });
  expect(of(100, 30, 60)).toMatchObject({ direction: "low", from: 1 });
  expect(fitVolume([{ slot: "0", count: 5 }])).toBeNull();
});
