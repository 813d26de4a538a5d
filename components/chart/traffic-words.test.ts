import { expect, it } from "vitest";
import type { TrafficFigures } from "@/lib/estimate/traffic-figures";
import { figureText, quarantineShare, trafficWords } from "./traffic-words";

const estimate = (mean: number, more: object = {}) => ({
  mean,
  low: mean - 0.03,
  high: mean + 0.02,
  level: 0.95,
  n: 200,
  effective_n: 180,
  method: "weighted-clopper-pearson",
  unaudited_share: 0,
  unsure_share: 0,
  bounds: null,
  bounds_interval: null,
  reading: "mean" as const,
  ...more,
});

const figures = (more: Partial<TrafficFigures> = {}): TrafficFigures => ({
  from: "2026-11-01",
  to: "2026-11-30",
  accepted: { records: 9_500, estimate: estimate(0.931) },
  all: { records: 10_000, estimate: estimate(0.914) },
  held: { records: 500, reviews: 40, estimate: estimate(0.6) },
  unreadable: 0,
  fewestReviews: 5,
  ...more,
});

it("says what leaving quarantine out would show", () => {
  expect(trafficWords(figures())).toEqual(["Leaving quarantine out would show 93.1 % instead of 91.4 %."]);
  expect(quarantineShare(figures())).toBe("5 % of 10,000 records");
  const same = figures({ all: { records: 10_000, estimate: estimate(0.931) } });
  expect(trafficWords(same)).toEqual(["With or without quarantine, 93.1 % were right."]);
});

it("keeps accepted traffic that nobody has looked at apart from what is in quarantine", () => {
  const all = {
    records: 10_000,
    estimate: estimate(0.9, { low: 0.85, high: 0.95, unaudited_share: 0.0081 }),
  };
  const held = { records: 0, reviews: 0, estimate: null };
  expect(trafficWords(figures({ all, held, unreadable: 1 })).at(-1)).toBe(
    "1 record that nobody can judge (0.01 % of the traffic) and 0.8 % without any review could be all wrong or all right; then 85.0 to 95.0 % of all traffic would be right.",
  );
});

it("makes no number of too few reviews, and says what could be", () => {
  const all = {
    records: 10_000,
    estimate: estimate(0.931, { low: 0.85, high: 0.95, unaudited_share: 0.05 }),
  };
  expect(trafficWords(figures({ all, held: { records: 500, reviews: 1, estimate: null } }))).toEqual([
    "There is only 1 review so far of what is in quarantine: fewer than the 5 that a number needs.",
    "500 records of which little is known (5 % of the traffic) could be all wrong or all right; then 85.0 to 95.0 % of all traffic would be right.",
  ]);
  const one = {
    records: 10_000,
    estimate: estimate(0.931, { low: 0.85, high: 0.95, unaudited_share: 0.0001 }),
  };
  expect(trafficWords(figures({ all: one, unreadable: 1 }))[1]).toMatch(
    /^1 record that nobody can judge .* could be wrong or right;/,
  );
});

it("says so when there is nothing to compare", () => {
  const nothing = { records: 10, estimate: null };
  expect(trafficWords(figures({ accepted: nothing, all: nothing }))[0]).toMatch(/^Nobody has judged/);
  expect(trafficWords(figures({ held: { records: 0, reviews: 0, estimate: null } }))).toEqual([]);
  expect(figureText(null)).toEqual({ value: "–", detail: "no reviews yet" });
  expect(figureText(estimate(1, { n: 3, reading: "counts" }))).toEqual({
    value: "–",
    detail: "only 3 reviews",
  });
});
