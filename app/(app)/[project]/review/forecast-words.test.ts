import { expect, test } from "vitest";
import { forecastWords } from "./forecast-words";
import { makeQueue } from "./testing/make-item";

const minutes = (items: number, median: number, low: number, high: number) =>
  makeQueue({ forecast_after: 0, forecast: { items, median: median * 60, low: low * 60, high: high * 60 } });

test.each([
  [minutes(38, 47, 39, 61), 38, "about 47 min (39 to 61)"],
  [minutes(38, 40, 33, 52), 38, "about 40 min (33 to 52)"],
  [minutes(38, 40, 33, 52), 19, "about 20 min (17 to 26)"],
  [minutes(1, 0.5, 0.3, 0.9), 1, "less than a minute"],
  [minutes(2, 0.9, 0.6, 1.4), 2, "about 1 min"],
  [minutes(200, 150, 130, 190), 200, "about 2 h 30 min (2 h 10 min to 3 h 10 min)"],
  [minutes(9, 3, 3, 3.1), 9, "about 3 min"],
  [makeQueue({ forecast_after: 5 }), 10, null],
  [makeQueue({ forecast_after: 0 }), 10, null],
  [minutes(38, 40, 33, 52), 0, null],
])("%#", (queue, left, words) => {
  expect(forecastWords(queue, left)).toBe(words);
});
