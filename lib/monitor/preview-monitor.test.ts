import { expect, test } from "vitest";
import { refreshEstimate } from "@/lib/estimate/refresh-estimate";
import { joinSegment } from "@/lib/incident/segment-part";
import { testDatabase } from "@/lib/testing/database";
import { contextFor } from "@/lib/testing/make-project";
import { makeSampledProject, storeOutputs } from "@/lib/testing/store-outputs";
import { previewMonitor } from "./preview-monitor";
import { monitorMeaningSchema, type MonitorSettings, watchedKey, watchedNames } from "./schema";

const { db, pool } = await testDatabase();
const DAY_MS = 86_400_000;
const START = Date.UTC(2026, 4, 4, 12);
const PAIR = watchedKey(["device", "area"]);

const settings: MonitorSettings = {
  attributes: ["device", PAIR],
  floor: null,
  tolerance: 0.01,
  accepted_per_year: 0.5,
  unsure_counts_wrong: false,
};

/** 110 reviews a week of 700 outputs, a pilot whose truth is known: 7 of 10 outputs are of device a, every other one of area n. */
async function watched(pilot: number, wrongOf = 20) {
  const sampled = await makeSampledProject(db, { plan: { reviewsPerWeek: 110, expectedPerDay: 100 } });
  const ctx = contextFor(db, sampled.project);
  const segments = (at: number) => ({ device: at % 10 < 7 ? "a" : "b", area: at % 2 === 0 ? "n" : "s" });
  if (pilot > 0) {
    await storeOutputs(
      { db, pool },
      sampled,
      Array.from({ length: pilot }, (_, at) => ({
        externalId: `pilot-${at}`,
        instant: new Date(START - 30 * DAY_MS),
        phase: "PILOT" as const,
        segments: segments(at),
        truthScore: at % wrongOf === 0 ? 0 : 1,
      })),
    );
  }
  for (let day = 0; day < 14; day += 1) {
    await storeOutputs(
      { db, pool },
      sampled,
      Array.from({ length: 100 }, (_, at) => ({
        externalId: `${day}-${at}`,
        instant: new Date(START + day * DAY_MS),
        segments: at < 90 ? segments(at) : {},
      })),
    );
  }
  await refreshEstimate(db, sampled.project.id);
  return ctx;
}

test("boundaries, traffic and time to find a drop of what would be watched", async () => {
  const ctx = await watched(800);
  const meaning = monitorMeaningSchema.parse(await previewMonitor(ctx, settings));
  expect(meaning.days).toBe(14);
  expect(meaning.reviews_per_year).toBeCloseTo(5200, 6);
  expect(meaning.threshold).toBeCloseTo((3 * 5200) / 0.5, 6);
  expect(meaning.pilot).toMatchObject({ n: 800, mean: 0.95, frozen_at: null });
  expect(meaning.overall).toMatchObject({ attribute: "", own: false, usual: 0.95, pilot_reviews: 800 });
  expect(meaning.overall?.boundary).toBeLessThanOrEqual(0.94);
  expect(meaning.overall?.reviews_per_week).toBeCloseTo(100, 4);
  const [ten, five] = meaning.overall?.detections ?? [];
  expect(five?.reviews?.mean).toBeGreaterThan(ten?.reviews?.mean ?? 0);
  expect(ten?.weeks).toBeCloseTo((ten?.reviews?.mean ?? 0) / 100, 4);
  expect(meaning.attributes).toEqual([
    { attribute: "device", values: 2, coverage: expect.closeTo(0.9, 6) },
    { attribute: PAIR, values: 4, coverage: expect.closeTo(0.9, 6) },
  ]);
  expect(meaning.rows.map((row) => [row.attribute, row.value, row.own])).toEqual(
    [
      ["device", "a", true],
      [PAIR, '["n","a"]', false],
      [PAIR, '["s","a"]', false],
      ["device", "b", true],
      [PAIR, '["s","b"]', false],
      [PAIR, '["n","b"]', false],
    ].map(([attribute, value, own]) => [attribute, value, own]),
  );
  const a = meaning.rows[0];
  expect(a?.outputs_per_week).toBeCloseTo(441, 6);
  expect(a?.reviews_per_week).toBeCloseTo(63, 4);
  expect(a?.pilot_reviews).toBe(560);
});

test("a promised accuracy is the boundary everywhere, with or without a pilot", async () => {
  const ctx = await watched(0);
  expect(await previewMonitor(ctx, settings)).toMatchObject({
    overall: null,
    pilot: null,
    support: null,
    rows: [],
    fewest_pilot: 30,
  });
  const promised = await previewMonitor(ctx, { ...settings, floor: 0.9 });
  expect(promised.overall).toMatchObject({ boundary: 0.9, usual: 0.9, pilot_reviews: 0 });
  expect(new Set(promised.rows.map(({ boundary }) => boundary))).toEqual(new Set([0.9]));
  const withPilot = await previewMonitor(await watched(400), { ...settings, floor: 0.8 });
  expect(withPilot.overall).toMatchObject({ boundary: expect.closeTo(0.8, 12), usual: 0.95 });
  // From 95 to 85 % nothing falls below the promise.
  expect(withPilot.overall?.detections[0]).toEqual({ drop: 0.1, reviews: null, weeks: null });
});

test("a small pilot is said not to support an alarm for five points", async () => {
  const small = await previewMonitor(await watched(100), settings);
  expect(small.support).toMatchObject({ labels: 100, too_small: true, larger: { labels: 1000 } });
  expect(small.support?.reviews ?? Number.POSITIVE_INFINITY).toBeGreaterThan(
    5 * (small.support?.larger.reviews ?? 0),
  );
  const large = await previewMonitor(await watched(800), settings);
  expect(large.support).toMatchObject({ labels: 800, too_small: false });
});

test("a watched attribute is written and read as a segment is", () => {
  expect(watchedKey(["device"])).toBe("device");
  expect(watchedKey(["sleeps", "area"])).toBe('["area","sleeps"]');
  for (const names of [["device"], ["area", "sleeps"], ["[odd]"], ['["a","b"]']])
    expect(watchedNames(watchedKey(names))).toEqual(names);
  expect(joinSegment([{ attribute: "[odd]", value: "x" }]).attribute).toBe(watchedKey(["[odd]"]));
});
