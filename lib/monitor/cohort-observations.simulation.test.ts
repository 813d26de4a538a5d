import { report } from "@/lib/testing/console";
import { alarmedShare, upToChance } from "@/lib/stats/testing/count-alarms";
import { seededRandom } from "@/lib/stats/testing/seeded-random";
import { describe, expect, it } from "vitest";
import { cohortObservations, type Observation, type ObservedLabel } from "./cohort-observations";
import { type CohortStratum, leastProbability } from "./least-probability";

const [days, perDay, threshold] = [180, 20, 72_000];
const bound = (days * perDay) / threshold;
const rule = { boundaryErrorOf: () => 0.05, threshold };
const everything = [""];

function observationsOf(labels: readonly ObservedLabel<string>[]): Observation[] {
  return cohortObservations(labels, { unsureCountsWrong: false, leastOf: () => 0.2 }).get("") ?? [];
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

/** A tenth of the traffic is flagged, drawn five times as often, and wrong three times as often: 5 % wrong over all. */
describe("outputs that are drawn more often and fail more often", () => {
  const NORMAL = { share: 0.9, planned: 0.02, error: 0.05 / 1.2 };
  const FLAGGED = { share: 0.1, planned: 0.1, error: 0.15 / 1.2 };
  const RUNS = 200;
  interface Cohort {
    labels: ObservedLabel<string>[];
    strata: CohortStratum[];
  }

  const stratumOf = ({ planned }: typeof NORMAL, drawn: number): CohortStratum => {
    return { attribute: "", value: "", planned, drawn };
  };

  /**
   * The labels of a segment on one of many days like it, in strata with many more labels. `behind`: the share of the normal samples
   * that had been judged when the time was over; the flagged ones had been judged all.
   */
  function dayOf(random: () => number, labels: number, behind = 1): Cohort {
    const normalDrawn = NORMAL.planned * behind;
    const flagged = FLAGGED.share * FLAGGED.planned;
    const flaggedAmong = flagged / (flagged + NORMAL.share * normalDrawn);
    return {
      labels: Array.from({ length: labels }, () => {
        const kind = random() < flaggedAmong ? FLAGGED : NORMAL;
        return {
          externalId: "",
          cluster: null,
          randomNumber: random(),
          inclusionProbability: kind === NORMAL ? normalDrawn : FLAGGED.planned,
          score: random() < kind.error ? 0 : 1,
          segments: everything,
        };
      }),
      strata: [stratumOf(NORMAL, normalDrawn), stratumOf(FLAGGED, FLAGGED.planned)],
    };
  }

  type LeastOf = (cohort: Cohort) => number;
  const byStrata: LeastOf = ({ strata }) => leastProbability(strata)([]);
  const byLabels: LeastOf = ({ labels }) => {
    return Math.min(...labels.map(({ inclusionProbability }) => inclusionProbability));
  };
  const byPlanAndLabels: LeastOf = (cohort) => Math.min(NORMAL.planned, byLabels(cohort));

  function* observations(nextDay: () => Cohort, leastOf: LeastOf): Generator<Observation> {
    let fed = 0;
    while (fed < days * perDay) {
      const cohort = nextDay();
      const options = { unsureCountsWrong: false, leastOf: () => leastOf(cohort) };
      const own = cohortObservations(cohort.labels, options).get("") ?? [];
      fed += own.length;
      yield* own;
    }
  }

  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

  it.each([1, 2, 5])("keep the budget with %i labels a cohort", (labels) => {
    const random = seededRandom(124);
    const share = alarmedShare(RUNS, () => observations(() => dayOf(random, labels), byStrata), rule);
    report(`${labels} labels a cohort, weights by strata: ${percent(share)} false alarms`);
    expect(share).toBeLessThanOrEqual(bound);
  });

  it("would be seen to break it if the few labels of a cohort said what is drawn least", () => {
    const random = seededRandom(125);
    const shares = [1, 2, 5].map((labels) =>
      alarmedShare(RUNS, () => observations(() => dayOf(random, labels), byLabels), rule),
    );
    report(`1, 2, 5 labels a cohort, weights by labels: ${shares.map(percent).join(", ")} false alarms`);
    expect(shares[0]).toBeGreaterThan(0.5);
    expect(shares[1]).toBeGreaterThan(upToChance(bound, RUNS));
  });

  it("keep the budget when normal ones were left behind, which the segment's labels would not show", () => {
    const random = seededRandom(126);
    const share = (leastOf: LeastOf) =>
      alarmedShare(RUNS, () => observations(() => dayOf(random, 1, 1 / 3), leastOf), rule);
    const [strata, control] = [share(byStrata), share(byPlanAndLabels)];
    report(`late cohorts: ${percent(strata)} false alarms, ${percent(control)} by the plan and the labels`);
    expect(strata).toBeLessThanOrEqual(bound);
    expect(control).toBeGreaterThan(upToChance(bound, RUNS));
  });
});
