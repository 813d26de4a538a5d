import { expect, test } from "vitest";
import { seededRandom } from "@/lib/stats/seeded-random";
import { makeHistory } from "./history";
import { shuffleHistory } from "./shuffle-history";
import { syntheticOutputs } from "./testing/synthetic-outputs";

const stream = { pilotDays: 7, productionDays: 21, perDay: 100, seed: 1, accuracy: () => 0.8 };

test("every output keeps its place exactly once, and the same seed gives the same order", () => {
  const history = makeHistory(syntheticOutputs(stream));
  const order = shuffleHistory(history, seededRandom(1));
  expect(order).toHaveLength(2_800);
  expect(new Set(order).size).toBe(2_800);
  expect(shuffleHistory(history, seededRandom(1))).toEqual(order);
  expect(shuffleHistory(history, seededRandom(2))).not.toEqual(order);
});

test("an output comes to every part of the history equally often", () => {
  const history = makeHistory(syntheticOutputs(stream));
  const tenths = new Float64Array(10);
  for (let seed = 1; seed <= 400; seed += 1) {
    const place = shuffleHistory(history, seededRandom(seed)).indexOf(17);
    const tenth = Math.floor(place / 280);
    tenths[tenth] = (tenths[tenth] ?? 0) + 1;
  }
  // Chi-square with 9 degrees of freedom: above 27.9 once in a thousand.
  expect(tenths.reduce((sum, count) => sum + (count - 40) ** 2 / 40, 0)).toBeLessThan(27.9);
});

test("a cluster moves as a whole: its outputs stay as close together as they were", () => {
  const history = makeHistory(syntheticOutputs({ ...stream, clusterSize: 5 }));
  const order = shuffleHistory(history, seededRandom(1));
  const places = new Map<number, number[]>();
  for (const [place, output] of order.entries()) {
    const cluster = history.clusters[output] ?? -1;
    places.set(cluster, [...(places.get(cluster) ?? []), place]);
  }
  const spans = [...places.values()].map((own) => Math.max(...own) - Math.min(...own));
  expect(places.size).toBe(560);
  // One may have been cut at the end of the history.
  expect(spans.filter((span) => span > 60).length).toBeLessThanOrEqual(1);
  expect([...places.values()].every((own) => own.length === 5)).toBe(true);
});
