import { expect, test } from "vitest";
import { type CohortStratum, leastProbability } from "./least-probability";

const stratum = (settings: Partial<CohortStratum>): CohortStratum => ({
  attribute: "device",
  value: "ios",
  planned: 0.2,
  drawn: null,
  ...settings,
});
const ios = { attribute: "device", value: "ios" };
const north = { attribute: "area", value: "north" };

const strata = [
  stratum({ planned: 0.2 }),
  stratum({ planned: 0.5 }),
  stratum({ value: "web", planned: 0.1 }),
  stratum({ value: "$other", planned: 0.4 }),
];

test("a segment is held to the strata that it can lie in, of normal and of flagged outputs", () => {
  const least = leastProbability(strata);
  expect(least([ios])).toBe(0.2);
  expect(least([ios, north])).toBe(0.2);
  expect(least([{ attribute: "device", value: "web" }])).toBe(0.1);
  expect(least([])).toBe(0.1);
  expect(least([north])).toBe(0.1);
});

test("a value without a stratum of its own is among the others, and anywhere when there are none", () => {
  const unknown = { attribute: "device", value: "tv" };
  expect(leastProbability(strata)([unknown])).toBe(0.4);
  expect(leastProbability(strata.slice(0, 3))([unknown])).toBe(0.1);
});

test("what came of a stratum counts where it is less than planned, for segments without a label in it too", () => {
  const late = [stratum({ planned: 0.2, drawn: 0.05 }), stratum({ value: "web", planned: 0.1, drawn: 0.3 })];
  expect(leastProbability(late)([])).toBe(0.05);
  expect(leastProbability(late)([ios])).toBe(0.05);
  expect(leastProbability(late)([{ attribute: "device", value: "web" }])).toBe(0.1);
});

test("nothing that came of a stratum is not a small probability", () => {
  const unserved = [stratum({ planned: 0.2 }), stratum({ value: "web", planned: null, drawn: 0.4 })];
  expect(leastProbability(unserved)([])).toBe(0.2);
  expect(leastProbability([stratum({ planned: null, drawn: 0.4 })])([])).toBe(0.4);
});
