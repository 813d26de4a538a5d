import { alarmedShare, upToChance } from "@/lib/stats/testing/count-alarms";
import { seededRandom } from "@/lib/stats/testing/seeded-random";
import { describe, expect, it } from "vitest";
import { cohortObservations, type Observation, type ObservedLabel } from "./cohort-observations";

const [days, perDay, threshold] = [180, 20, 72_000];
const bound = (days * perDay) / threshold;
const rule = { boundaryErrorOf: () => 0.05, threshold };
const everything = [""];

function observationsOf(labels: readonly ObservedLabel<string>[]): Observation[] {
  return cohortObservations(labels, { unsureCountsWrong: false }).get("") ?? [];
}

describe("the order of late labels", () => {
  type Labelled = ObservedLabel<string> & { score: number; day: number; knownAfterDays: number };

  /** Wrong outputs are known after 3 days on average, right ones after 12 or longer. */
  function stream(random: () => number, daysUntilRight = 12): Labelled[] {
    return Array.from({ length: days * perDay }, (_, i) => {
      const error = random() < 0.05 ? 1 : 0;
      const knownAfterDays = (error === 1 ? 3 : daysUntilRight) * -Math.log(1 - random());
      const day = Math.floor(i / perDay);
      return {
        externalId: `${i}`,
        cluster: null,
        randomNumber: random(),
        inclusionProbability: 0.2,
        score: 1 - error,
        segments: everything,
        day,
        knownAfterDays,
      };
    });
  }

  function* inCohorts(samples: readonly Labelled[], closedAfterDays: number): Generator<Observation> {
    for (let day = 0; day < days; day += 1) {
      const cohort = samples.slice(day * perDay, (day + 1) * perDay);
      yield* observationsOf(cohort.filter(({ knownAfterDays }) => knownAfterDays <= closedAfterDays));
    }
  }

  function inOrderOfArrival(samples: readonly Labelled[]): Observation[] {
    return samples
      .map(({ score, day, knownAfterDays }) => ({ error: 1 - score, weight: 1, at: day + knownAfterDays }))
      .filter(({ at }) => at < days)
      .sort((a, b) => a.at - b.at);
  }

  it("keeps the budget in cohorts that were closed when 96 % was known, in the order of their hashes", () => {
    const random = seededRandom(120);
    const share = alarmedShare(200, () => inCohorts(stream(random), 40), rule);
    expect(share).toBeLessThanOrEqual(upToChance(bound, 200));
  });

  it("would see the order of arrival, and cohorts that were closed too soon", () => {
    const random = seededRandom(121);
    const arrival = alarmedShare(200, () => inOrderOfArrival(stream(random, 20)), rule);
    expect(arrival).toBeGreaterThan(upToChance(bound, 200));
    expect(alarmedShare(50, () => inCohorts(stream(random), 14), rule)).toBeGreaterThan(0.5);
  });
});

describe("outputs that fail together", () => {
  /** Sessions of four whose errors have a correlation of 0.4. */
  function sessions(random: () => number, clusterOf: (session: number) => string | null): Observation[] {
    const labels: ObservedLabel<string>[] = [];
    for (let session = 0; session < (days * perDay) / 4; session += 1) {
      const common = random() < 0.05 ? 1 : 0;
      for (let member = 0; member < 4; member += 1) {
        const own = random() < 0.05 ? 1 : 0;
        const error = random() < Math.sqrt(0.4) ? common : own;
        labels.push({
          externalId: `${session}-${member}`,
          cluster: clusterOf(session),
          randomNumber: session / 1e4,
          inclusionProbability: 0.2,
          score: 1 - error,
          segments: everything,
        });
      }
    }
    return observationsOf(labels);
  }

  it("keep the budget when a session is one observation", () => {
    const random = seededRandom(122);
    const share = alarmedShare(100, () => sessions(random, (session) => `${session}`), rule);
    expect(share).toBeLessThanOrEqual(bound);
  });

  it("would be seen to break it when each output is one", () => {
    const random = seededRandom(123);
    const share = alarmedShare(50, () => sessions(random, () => null), rule);
    expect(share).toBeGreaterThan(0.7);
  });
});
