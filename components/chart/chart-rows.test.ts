import { describe, expect, it } from "vitest";

import { accuracyAxis, chartRows } from "./chart-rows";
import { makeSeries } from "./testing/make-series";

describe("chartRows", () => {
  it("draws a period without outputs as a gap of its own", () => {
    const rows = chartRows(makeSeries([{ mean: 0.9 }, { mean: 0, absent: true }, { mean: 0.9 }]));
    expect(rows.map((row) => row.kind)).toEqual(["solid", "empty", "solid"]);
    expect(rows[1]).toMatchObject({
      start: "2026-01-12",
      end: "2026-01-18",
      line: null,
      band: null,
      estimate: null,
    });
  });
  it("draws the newest 400 periods, also where gaps between few points make more of them", () => {
    const gap = Array.from({ length: 998 }, () => ({ mean: 0, absent: true }));
    const series = makeSeries([{ mean: 0.9 }, ...gap, { mean: 0.8 }]);
    expect(series.points).toHaveLength(2);
    const rows = chartRows(series);
    expect(rows).toHaveLength(400);
    expect(rows.at(-1)?.estimate?.mean).toBe(0.8);
  });
  it("never draws a period without reviews as zero", () => {
    const rows = chartRows(makeSeries([{ mean: 0.9 }, { mean: null }, { mean: 0.9 }]));
    expect(rows[1]).toMatchObject({
      kind: "unreviewed",
      line: null,
      band: null,
      population: 2400,
      reviews: 0,
    });
  });
  it("keeps 19 reviews off the line and shows their interval as a stroke", () => {
    const rows = chartRows(makeSeries([{ mean: 0.9 }, { mean: 0.8, n: 19 }, { mean: 0.9, n: 20 }]));
    expect(rows.map((row) => row.kind)).toEqual(["solid", "thin", "solid"]);
    expect(rows[1]?.line).toBeNull();
    expect(rows[1]?.whisker).not.toBeNull();
  });
  it("draws a range instead of a point where too many could not be judged", () => {
    const series = makeSeries([{ mean: 0.9 }, { mean: 0.9 }, { mean: 0.9 }]);
    const bounded = series.points.map((point, at) => ({
      ...point,
      estimate: point.estimate && {
        ...point.estimate,
        ...(at === 1
          ? {
              reading: "bounds" as const,
              unsure_share: 0.1,
              bounds: { low: 0.8, high: 0.9 },
              bounds_interval: { low: 0.7, high: 0.95 },
            }
          : {}),
      },
    }));
    const rows = chartRows({ ...series, points: bounded });
    expect(rows.map(({ kind, line }) => [kind, line])).toEqual([
      ["solid", 0.9],
      ["bounded", null],
      ["solid", 0.9],
    ]);
    expect(rows[1]).toMatchObject({ band: null, outline: null, whisker: [0.7, 0.95] });
  });
  it("shows no interval and no percentage under five reviews", () => {
    const rows = chartRows(makeSeries([{ mean: 0.75, n: 4 }]));
    expect(rows[0]).toMatchObject({ kind: "thin", whisker: null, reviews: 4 });
  });
  it("keeps unfinished periods off the line however many reviews they have", () => {
    const rows = chartRows(
      makeSeries([
        { mean: 0.9 },
        { mean: 0.5, n: 300, state: "immature" },
        { mean: 0.4, n: 300, state: "in_progress" },
      ]),
    );
    expect(rows.map((row) => [row.kind, row.line])).toEqual([
      ["solid", 0.9],
      ["immature", null],
      ["in_progress", null],
    ]);
  });
  it("gives a lone solid point a stroke, because a band of one period has no width", () => {
    const rows = chartRows(
      makeSeries([{ mean: null }, { mean: 0.9 }, { mean: null }, { mean: 0.9 }, { mean: 0.9 }]),
    );
    expect(rows.map((row) => row.whisker !== null)).toEqual([false, true, false, false, false]);
  });
  it("outlines full periods, and shows of unfinished ones what holds however often one looks", () => {
    const series = makeSeries([
      { mean: 0.9 },
      { mean: 0.8, n: 12 },
      { mean: 0.7, n: 90, state: "in_progress" },
    ]);
    const [full, thin, running] = chartRows(series);
    const bands = series.points.map(({ band }) => [band?.low, band?.high]);
    expect(full?.outline).toEqual(bands[0]);
    expect(full?.band).toEqual([full?.estimate?.low, full?.estimate?.high]);
    expect(thin?.outline).toBeNull();
    expect(thin?.whisker).toEqual([thin?.estimate?.low, thin?.estimate?.high]);
    expect(running?.outline).toBeNull();
    expect(running?.whisker).toEqual(bands[2]);
    expect(running?.range).toEqual(series.points[2]?.band);
  });
  it("is empty without points", () => {
    expect(chartRows(makeSeries([]))).toEqual([]);
  });
});

describe("accuracyAxis", () => {
  it("holds bands and pilot, starts above 0 when nothing is near it, never exceeds 1", () => {
    const rows = chartRows(makeSeries([{ mean: 0.95 }, { mean: 0.9 }, { mean: 0.86 }]));
    const axis = accuracyAxis(rows, [0.91, 0.96]);
    expect(axis.min).toBeGreaterThan(0);
    expect(axis.min).toBeLessThanOrEqual(Math.min(...rows.flatMap((row) => row.outline ?? [])));
    expect(axis.max).toBe(1);
    expect(axis.ticks.length).toBeLessThanOrEqual(7);
  });
  it("reaches 0 when the data does", () => {
    const axis = accuracyAxis(chartRows(makeSeries([{ mean: 0.02 }, { mean: 0.98 }])));
    expect([axis.min, axis.max]).toEqual([0, 1]);
  });
  it("is the whole range without data", () => {
    expect(accuracyAxis([])).toEqual({ min: 0, max: 1, ticks: [0, 0.2, 0.4, 0.6, 0.8, 1] });
  });
});
