import { describe, expect, it } from "vitest";
import { sessionForecast } from "./session-forecast";

describe("sessionForecast", () => {
  it("gives the example, the same every time", () => {
    const forecast = sessionForecast([60, 80, 70, 90, 75], 38, 0.8);
    expect(forecast).toEqual(sessionForecast([60, 80, 70, 90, 75], 38, 0.8));
    expect(forecast.median / 60).toBeCloseTo(47.4, 0);
    expect(forecast.low).toBeLessThan(forecast.median);
    expect(forecast.high).toBeGreaterThan(forecast.median);
  });

  it("is sure when the times are equal, and doubles with the items", () => {
    const equal = sessionForecast([30, 30, 30, 30, 30, 30], 10, 0.9);
    for (const seconds of Object.values(equal)) expect(seconds).toBeCloseTo(300, 6);
    const [ten, twenty] = [10, 20].map((items) => sessionForecast([20, 30, 40, 30, 25, 35], items, 0.8));
    expect((twenty?.median ?? 0) / (ten?.median ?? 1)).toBeCloseTo(2, 1);
  });

  it("is wider with fewer times and with more confidence", () => {
    const times = [20, 45, 12, 70, 33];
    const width = ({ low, high }: { low: number; high: number }) => high / low;
    const few = sessionForecast(times, 38, 0.8);
    expect(width(few)).toBeGreaterThan(width(sessionForecast([...times, ...times, ...times], 38, 0.8)));
    expect(width(few)).toBeLessThan(width(sessionForecast(times, 38, 0.95)));
  });

  it("takes a time of nothing, and refuses what says nothing", () => {
    expect(sessionForecast([0, 0, 0, 0, 0], 4, 0.8).median).toBeCloseTo(2, 6);
    expect(() => sessionForecast([1, 2, 3, 4], 5, 0.8)).toThrow("At least 5 times");
    for (const items of [0, 2.5, -1, Number.NaN])
      expect(() => sessionForecast([1, 2, 3, 4, 5], items, 0.8)).toThrow(RangeError);
    expect(() => sessionForecast([1, 2, 3, 4, -5], 5, 0.8)).toThrow(RangeError);
    expect(() => sessionForecast([1, 2, 3, 4, 5], 5, 1)).toThrow(RangeError);
  });
});
