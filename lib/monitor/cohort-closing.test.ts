import { expect, test } from "vitest";
import { cohortClosing, plannedCut } from "./cohort-closing";

const reached = { rate: 0.13, target: 10, population: 100, cut: 0.1 };
const short = { ...reached, cut: 0.0999 };
const idle = { rate: 0.5, target: 5, population: 0, cut: 0.2 };

test("what the plan counts on is the target's share of the traffic, at most what is drawn", () => {
  expect(plannedCut(reached)).toBe(0.1);
  expect(plannedCut({ rate: 0.13, target: 50, population: 100 })).toBe(0.13);
  expect(plannedCut(idle)).toBe(0);
});

test.each([
  ["every stratum has what was planned", true, [reached, idle], false, "COMPLETE"],
  ["one has not", true, [reached, short], false, null],
  ["one has not, and the time is over", true, [reached, short], true, "DEADLINE"],
  ["the volumes are not known yet", false, [reached], false, null],
  ["the volumes were never known, and the time is over", false, [reached], true, "DEADLINE"],
  ["all is there and the time is over too", true, [reached], true, "COMPLETE"],
  ["there is no stratum", true, [], false, "COMPLETE"],
] as const)("%s", (_, settled, strata, pastDeadline, closing) => {
  expect(cohortClosing({ settled, strata, pastPatience: false, pastDeadline })).toBe(closing);
});

test.each([
  ["four fifths after a week", [{ ...reached, cut: 0.08 }], true, "COMPLETE"],
  ["four fifths before that", [{ ...reached, cut: 0.08 }], false, null],
  ["less than four fifths after a week", [{ ...reached, cut: 0.079 }], true, null],
  [
    "strata count by their planned reviews",
    [
      { ...reached, cut: 0 },
      { ...reached, population: 900, target: 90 },
    ],
    true,
    "COMPLETE",
  ],
  ["nothing planned is nothing reached", [{ ...reached, target: 0.001, cut: 0 }], true, null],
] as const)("%s", (_, strata, pastPatience, closing) => {
  expect(cohortClosing({ settled: true, strata, pastPatience, pastDeadline: false })).toBe(closing);
  expect(cohortClosing({ settled: false, strata, pastPatience, pastDeadline: false })).toBe(null);
});
