import { expect, test } from "vitest";
import { metricScore, pageScore } from "./page-score";

const paint = { p10: 1200, median: 2400 };

test("the two control points of a curve score as they are defined to, and more never scores better", () => {
  expect(metricScore(1200, paint)).toBe(0.9);
  expect(metricScore(2400, paint)).toBe(0.5);
  expect(metricScore(0, paint)).toBe(1);
  const scores = Array.from({ length: 200 }, (_, at) => metricScore(at * 40, paint));
  expect(scores).toEqual(scores.toSorted((a, b) => b - a));
  expect(scores.at(-1)).toBeLessThan(0.03);
});

test("the curve is the log-normal distribution's upper tail", () => {
  // Shape ln(2400 / 1200) / 1.2815516 = 0.5408656; z of 1800 = ln(1800 / 2400) / shape = -0.5318943; upper tail 0.70260.
  expect(metricScore(1800, paint)).toBe(0.7);
  // z of 4800 = 1.2815516; upper tail 0.1.
  expect(metricScore(4800, paint)).toBe(0.1);
});

test("a quick page passes 95; one that blocks, is late or jumps does not", () => {
  const quick = { firstPaintMs: 300, paintMs: 500, blockedMs: 20, shift: 0.01 };
  expect(pageScore(quick)).toBe(100);
  // By hand: 30 of 90 parts fall from 1 to 0.5.
  expect(pageScore({ ...quick, blockedMs: 350 })).toBe(83);
  expect(pageScore({ ...quick, paintMs: 2400 })).toBe(86);
  expect(pageScore({ ...quick, shift: 0.25 })).toBe(86);
  expect(pageScore({ ...quick, firstPaintMs: 4000 })).toBeLessThan(95);
  expect(() => pageScore({ ...quick, paintMs: Number.NaN })).toThrow("cannot have cost");
});
