import { expect, test } from "vitest";
import { smoothedError } from "./past-error";
import { forecastVolumes } from "./past-volume";

const day = (at: number) => new Date(Date.UTC(2026, 0, 5 + at));

test("a steady volume is forecast as it is, and empty days count as 0", () => {
  const steady = Array.from({ length: 30 }, (_, at) => ({ stratumId: "a", day: day(at), outputs: 100 }));
  expect(forecastVolumes(steady, day(30)).get("a")).toBeCloseTo(100, 8);
  const stopped = forecastVolumes(steady, day(40)).get("a") ?? 0;
  expect(stopped).toBeLessThan(25);
  expect(stopped).toBeGreaterThan(10);
});

test("a stratum that began yesterday is forecast lower than it was, an unknown one not at all", () => {
  const history = [
    ...Array.from({ length: 20 }, (_, at) => ({ stratumId: "a", day: day(at), outputs: 100 })),
    { stratumId: "b", day: day(19), outputs: 100 },
  ];
  const forecast = forecastVolumes(history, day(20));
  expect(forecast.get("b")).toBeGreaterThan(10);
  expect(forecast.get("b")).toBeLessThan(25);
  expect(forecast.has("c")).toBe(false);
  expect(forecastVolumes([], day(20)).size).toBe(0);
  expect(forecastVolumes([{ stratumId: "a", day: day(20), outputs: 5 }], day(20)).size).toBe(0);
});

test("a stratum's past error is drawn towards the common one while little is known", () => {
  const errors = [
    { stratumId: "a", reviewed: 990, wrong: 99 },
    { stratumId: "b", reviewed: 10, wrong: 10 },
  ];
  expect(smoothedError(errors, "b")).toBeCloseTo((10 + 10 * (110 / 1010)) / 20, 10);
  expect(smoothedError(errors, "c")).toBeCloseTo(110 / 1010, 10);
  expect(smoothedError([], "a")).toBeCloseTo(0.1, 10);
});
