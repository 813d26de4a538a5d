import { describe, expect, it, vi } from "vitest";
import { markRelease } from "@/lib/ingest/mark-release";
import { closeEpochs } from "@/lib/sampling/close-epoch";
import { testDatabase } from "@/lib/testing/database";
import { workQueue } from "@/lib/testing/judge-samples";
import { contextFor } from "@/lib/testing/make-project";
import { makeSampledProject, storeOutputs } from "@/lib/testing/store-outputs";
import { foldCounts } from "./fold-counts";
import { accuracySeries } from "./queries";
import { readReleases } from "./read-releases";
import { refreshEstimate } from "./refresh-estimate";
import { segmentTable } from "./segment-table";

const { db, pool } = await testDatabase();
vi.setConfig({ testTimeout: 60_000 });
const HOUR_MS = 3_600_000;

/** One output at half past every hour of the clock on the wall, all of them judged; every fourth is wrong. */
async function hourly(timeZone: string, from: string, hours: number) {
  const sampled = await makeSampledProject(db, {
    timeZone,
    plan: { reviewsPerWeek: 5_000, attribute: null, expectedPerDay: 24 },
  });
  const { project } = sampled;
  const start = Date.parse(from);
  await storeOutputs(
    { db, pool },
    sampled,
    Array.from({ length: hours }, (_, hour) => ({
      externalId: `${hour % 4 === 0 ? "wrong" : "right"} ${hour}`,
      instant: new Date(start + hour * HOUR_MS + HOUR_MS / 2),
      segments: { half: hour % 2 ? "odd" : "even" },
    })),
  );
  const now = new Date(start + (hours + 24 * 14) * HOUR_MS);
  await closeEpochs(db, project.id, "RECORDED", now);
  await workQueue(db, project.id, 1_000, (id) => (id.startsWith("wrong") ? 0 : 1));
  await foldCounts(db, project.id);
  await refreshEstimate(db, project.id);
  return contextFor(db, project, undefined, now);
}

describe("days on which the clock is changed", () => {
  it.each([
    ["Europe/Berlin", "put forward at two", "2026-03-27T23:00:00Z", "2026-03-29", 23],
    ["Europe/Berlin", "put back at three", "2026-10-23T22:00:00Z", "2026-10-25", 25],
    // There is no midnight on this day: the clock went from 23:59 to 01:00.
    ["America/Sao_Paulo", "put forward at midnight", "2018-11-03T03:00:00Z", "2018-11-04", 23],
    // The last hour of the day before comes twice.
    ["America/Sao_Paulo", "put back at midnight", "2018-02-16T02:00:00Z", "2018-02-17", 25],
    ["Australia/Lord_Howe", "put forward by half an hour", "2026-10-02T13:30:00Z", "2026-10-04", 23.5],
  ])("%s, %s: the chart's day has its own hours", async (timeZone, _, from, changed, hours) => {
    const ctx = await hourly(timeZone, from, 96);
    const series = await accuracySeries(ctx, { periodKind: "day" });
    const day = series.points.find(({ start }) => start === changed);
    expect(Math.abs((day?.population ?? 0) - hours)).toBeLessThanOrEqual(0.5);
    expect(day?.estimate?.n).toBe(day?.population);
    const total = (points: { population: number }[]) =>
      points.reduce((sum, { population }) => sum + population, 0);
    expect(total(series.points)).toBe(96);
    // Days follow each other without a gap or a day that is there twice.
    const starts = series.points.map(({ start }) => start);
    expect(new Set(starts).size).toBe(starts.length);
    const span = (Date.parse(starts.at(-1) ?? "") - Date.parse(starts[0] ?? "")) / (24 * HOUR_MS) + 1;
    expect(span).toBe(starts.length);
    for (const periodKind of ["week", "month"] as const)
      expect(total((await accuracySeries(ctx, { periodKind })).points)).toBe(96);
    const table = await segmentTable(ctx, { from: changed, to: changed });
    expect(table.overall.population).toBe(day?.population);
    expect(table.rows.reduce((sum, row) => sum + row.population, 0)).toBe(day?.population);
  });

  it("a release marked by hand lies on its day, also where that has no midnight", async () => {
    for (const [timeZone, day, first] of [
      ["America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00.000Z"],
      ["Europe/Berlin", "2026-03-29", "2026-03-28T23:00:00.000Z"],
      ["Europe/Berlin", "2026-10-25", "2026-10-24T22:00:00.000Z"],
    ] as const) {
      const { project } = await makeSampledProject(db, { timeZone });
      const ctx = contextFor(db, project);
      const { releasedAt } = await markRelease(ctx, { model_name: "m", model_version: "1", day });
      expect(releasedAt.toISOString()).toBe(first);
      const [mark] = await readReleases(ctx, { from: day, to: day });
      expect(mark?.day).toBe(day);
    }
  });
});
