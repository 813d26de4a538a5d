import { describe, expect, it } from "vitest";
import { openDetector } from "./e-detector";
import { alarmedShare, alarmsIn, upToChance } from "./testing/count-alarms";
import { seededRandom } from "./testing/seeded-random";
import type { Observation } from "./weight-classes";

function* bernoulli(
  random: () => number,
  errorRates: (i: number) => number,
  n: number,
): Generator<Observation> {
  for (let i = 0; i < n; i += 1) yield { error: random() < errorRates(i) ? 1 : 0, weight: 1 };
}

describe("false alarms stay within the budget", () => {
  const [runs, n, threshold] = [10_000, 100, 2000];
  const bound = upToChance(n / threshold, runs);

  it("in a stream as good as its boundary", () => {
    const random = seededRandom(101);
    const observationsOf = () => bernoulli(random, () => 0.05, n);
    expect(
      alarmedShare(runs, observationsOf, { boundaryErrorOf: () => 0.05, threshold }),
    ).toBeLessThanOrEqual(bound);
  });

  it("which would be seen to fail with a boundary error half as large as the true one", () => {
    const random = seededRandom(102);
    const observationsOf = () => bernoulli(random, () => 0.05, n);
    const rule = { boundaryErrorOf: () => 0.025, threshold };
    expect(alarmedShare(runs / 4, observationsOf, rule)).toBeGreaterThan(bound);
  });

  it("over twelve segments that share the observations, without a correction", () => {
    const [streams, length, budget] = [1000, 2000, 0.5];
    const alarmsPerStream = (A: number) => {
      const random = seededRandom(103);
      const counts = Array.from({ length: streams }, () => {
        const segments: Observation[][] = Array.from({ length: 12 }, () => []);
        for (const each of bernoulli(random, () => 0.05, length))
          segments[Math.floor(random() * 12)]?.push(each);
        return segments.reduce((sum, segment) => sum + alarmsIn(segment, 0.05, A).length, 0);
      });
      const mean = counts.reduce((sum, count) => sum + count, 0) / streams;
      const variance = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / (streams - 1);
      return { mean, standardError: Math.sqrt(variance / streams) };
    };
    const shared = alarmsPerStream(length / budget);
    expect(shared.mean).toBeLessThanOrEqual(budget + 3 * shared.standardError);
    expect(shared.mean).toBeGreaterThan(0.05);
    // Planted fault: each segment takes the whole budget for its own twelfth of the observations.
    const each = alarmsPerStream(length / 12 / budget);
    expect(each.mean).toBeGreaterThan(budget + 3 * each.standardError);
  });

  it("when flagged outputs are sampled five times as often, if and only if they are weighted", () => {
    const [streams, length, A] = [2000, 1000, 20_000];
    const [factor, flaggedShare, errorRatio] = [5, 0.1, 3];
    const normalError = 0.05 / (1 - flaggedShare + flaggedShare * errorRatio);
    const sampledFlagged = (flaggedShare * factor) / (1 - flaggedShare + flaggedShare * factor);
    const random = seededRandom(104);
    const streamOf = (flaggedWeight: number) =>
      Array.from({ length }, () => {
        const flagged = random() < sampledFlagged;
        const error = random() < normalError * (flagged ? errorRatio : 1) ? 1 : 0;
        return { error, weight: flagged ? flaggedWeight : 1 };
      });
    const rule = { boundaryErrorOf: () => 0.05, threshold: A };
    const most = upToChance(length / A, streams);
    expect(alarmedShare(streams, () => streamOf(1 / factor), rule)).toBeLessThanOrEqual(most);
    expect(alarmedShare(streams / 4, () => streamOf(1), rule)).toBeGreaterThan(0.3);
  });
});

describe("a drop is found", () => {
  const [runs, dropAt, threshold] = [500, 1200, 72_000];

  /** Reviews from the drop to the alarm, and by how much the start was misdated, in rising order. */
  function afterDrop(boundaryError: number): { delays: number[]; misdated: number[] } {
    const random = seededRandom(105);
    const delays: number[] = [];
    const misdated: number[] = [];
    for (let run = 0; run < runs; run += 1) {
      let detector = openDetector(boundaryError);
      for (const { error, weight } of bernoulli(random, (i) => (i < dropAt ? 0.05 : 0.15), 20_000)) {
        const from = detector.observations();
        if (detector.step(error, weight) < Math.log(threshold)) continue;
        if (from >= dropAt) {
          delays.push(from + 1 - dropAt);
          misdated.push(Math.abs(detector.changeStart() - dropAt));
          break;
        }
        detector = openDetector(boundaryError, {
          ...openDetector(boundaryError).state(),
          observations: from + 1,
        });
      }
    }
    const rising = (a: number, b: number) => a - b;
    return { delays: delays.toSorted(rising), misdated: misdated.toSorted(rising) };
  }

  it("after about a hundred reviews, from 95 to 85 % with threshold 72,000, and dated within 20", () => {
    const { delays, misdated } = afterDrop(0.05);
    expect(delays).toHaveLength(runs);
    const median = delays[runs / 2] ?? 0;
    expect(median).toBeGreaterThanOrEqual(90);
    expect(median).toBeLessThanOrEqual(120);
    expect(misdated[runs / 2]).toBeLessThanOrEqual(20);
  });

  it("which would be seen to fail with a boundary one point off", () => {
    expect(afterDrop(0.06).delays[runs / 2]).toBeGreaterThan(120);
    expect(afterDrop(0.04).delays[runs / 2]).toBeLessThan(90);
  });
});
