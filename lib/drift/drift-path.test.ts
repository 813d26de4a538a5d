import { expect, it } from "vitest";
import { groupFindings } from "./drift-findings";
import { type DayCounts, driftThreshold, followDrift } from "./drift-path";
import { readDrift, readingSentence } from "./drift-reading";
import type { Feature } from "./feature";

const FEATURE: Feature = {
  path: "/input/amount",
  measure: "value",
  bins: { kind: "number", edges: [10], lowest: 1, highest: 20, spread: 8 },
  baseline: [480, 480, 40, 0],
  designEffect: 1,
};
const CALM = [48, 48, 4, 0];
const BROKEN = [10, 10, 80, 0];

function days(...counts: number[][]): DayCounts[] {
  return counts.map((each, at) => ({
    day: new Date(Date.UTC(2026, 0, 1 + at)).toISOString().slice(0, 10),
    counts: each,
    clumping: 1,
  }));
}
const repeat = (times: number, counts: number[]) => Array.from({ length: times }, () => counts);
const options = { logThreshold: driftThreshold(20) };

it("dates a move to the day on which it began, and says when it was over", () => {
  const windows = followDrift(
    FEATURE,
    days(...repeat(20, CALM), ...repeat(5, BROKEN), ...repeat(12, CALM)),
    options,
  );
  expect(windows.filter(({ noticed }) => noticed).map(({ to, state }) => [to, state.movedSince])).toEqual([
    ["2026-01-21", "2026-01-21"],
  ]);
  expect(windows.filter(({ returned }) => returned).map(({ to }) => to)).toEqual(["2026-02-01"]);
  expect(windows.at(-1)?.state.movedSince).toBeNull();
});

it("gathers days until there are thirty outputs; what is left waits", () => {
  const windows = followDrift(FEATURE, days(...repeat(8, [4, 4, 0, 0])), options);
  expect(windows.map(({ from, to }) => [from, to])).toEqual([
    ["2026-01-01", "2026-01-04"],
    ["2026-01-05", "2026-01-08"],
  ]);
  expect(followDrift(FEATURE, days(...repeat(3, [4, 4, 0, 0])), options)).toEqual([]);
});

it("goes on from a state as if it had never stopped", () => {
  const all = days(...repeat(9, CALM), ...repeat(9, BROKEN), ...repeat(9, CALM));
  const whole = followDrift(FEATURE, all, options);
  for (let cut = 1; cut < all.length; cut += 1) {
    const before = followDrift(FEATURE, all.slice(0, cut), options);
    const from = JSON.parse(JSON.stringify(before.at(-1)?.state));
    expect([...before, ...followDrift(FEATURE, all.slice(cut), { ...options, from })]).toEqual(whole);
  }
});

it("takes clustered outputs for fewer", () => {
  const clustered = { ...FEATURE, designEffect: 40 };
  const once = followDrift(clustered, days(...repeat(12, [40, 30, 30, 0])), options);
  expect(once).toHaveLength(1);
  expect(once[0]?.noticed).toBe(false);
  expect(followDrift(FEATURE, days([40, 30, 30, 0]), options)[0]?.noticed).toBe(true);
});

it("says first what is missing, then how many outputs fall elsewhere, and calls chance by its name", () => {
  const sentence = (counts: number[]) => {
    const reading = readDrift(FEATURE, counts);
    return reading && readingSentence(reading);
  };
  expect(sentence([10, 10, 80, 0])).toBe("Missing in 80 % of outputs; it was 4.0 % in the pilot.");
  expect(sentence([90, 6, 4, 0])).toBe("42 of 100 outputs now fall elsewhere than in the pilot.");
  expect(sentence([50, 46, 4, 0])).toBe("About as in the pilot: so small a difference comes by chance.");
  expect(sentence([20, 20, 2, 0])).toBeNull();
});

it("joins what moved together into one finding", () => {
  const moved = (name: string, since: string, logTail: number) => ({
    name,
    since,
    noticedOn: since,
    endedOn: null,
    endedBy: null,
    logTail,
  });
  const found = groupFindings([
    moved("beds", "2026-02-03", -20),
    moved("scores", "2026-01-01", -9),
    moved("bedrooms", "2026-02-01", -90),
  ]);
  expect(found.map(({ since, features }) => [since, features.map(({ name }) => name)])).toEqual([
    ["2026-01-01", ["scores"]],
    ["2026-02-01", ["bedrooms", "beds"]],
  ]);
});
