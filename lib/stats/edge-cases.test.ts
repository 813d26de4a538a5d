import { describe, expect, it } from "vitest";
import { accuracyFromSums } from "./accuracy-from-sums";
import { accuracySumsOf } from "./accuracy-sums";
import { alwaysValidBand } from "./always-valid-band";
import { clopperPearson } from "./clopper-pearson";
import { openDetector } from "./e-detector";
import { evidenceFromCounts } from "./evidence-from-counts";
import { hajekEstimate } from "./hajek-estimate";
import { kishEffectiveN } from "./kish-effective-n";
import { kornGraubardInterval } from "./korn-graubard-interval";
import { modelAssistedEstimate } from "./model-assisted-estimate";
import { boundaryError, pilotBoundary } from "./pilot-boundary";
import { poststratifySums } from "./poststratify-sums";
import { predictionPoweredMean } from "./prediction-powered-mean";
import { recoveryEvidence } from "./recovery-evidence";
import { weightClassesOf } from "./weight-classes";
import { weightedClopperPearson } from "./weighted-clopper-pearson";
import { wilsonInterval } from "./wilson-interval";

type Cell = { correct: number[]; weights: number[]; emptyStratumOf?: number };

const cells: Record<string, Cell> = {
  "no records": { correct: [], weights: [] },
  "no records of a stratum with traffic": { correct: [], weights: [], emptyStratumOf: 50 },
  "one right record": { correct: [1], weights: [3] },
  "one wrong record": { correct: [0], weights: [3] },
  "all right": {
    correct: Array.from({ length: 60 }, () => 1),
    weights: Array.from({ length: 60 }, (_, i) => 1 + (i % 3)),
  },
  "all wrong": {
    correct: Array.from({ length: 60 }, () => 0),
    weights: Array.from({ length: 60 }, (_, i) => 1 + (i % 3)),
  },
  "all half right": { correct: [0.5, 0.5, 0.5], weights: [1, 2, 2] },
  "one stratum empty": { correct: [1, 1, 0, 1], weights: [1, 1, 5, 5], emptyStratumOf: 40 },
};

/** Everything in lib/stats that answers for the labels of one cell. */
function answers({ correct, weights, emptyStratumOf }: Cell): Record<string, unknown> {
  const observations = correct.map((y, i) => ({ error: 1 - y, weight: weights[i] ?? 1 }));
  const classes = weightClassesOf(observations);
  const right = correct.reduce((sum, y) => sum + y, 0);
  const sums = accuracySumsOf(correct, weights);
  const strata = [
    { population: 100, sums },
    ...(emptyStratumOf === undefined ? [] : [{ population: emptyStratumOf, sums: accuracySumsOf([], []) }]),
  ];
  const { sums: counted, ...rest } = poststratifySums(strata);
  const scores = correct.map((y, i) => (y + (i % 5) / 5) / 2);
  const detector = openDetector(0.1);
  const pilot = weightedClopperPearson({ correct, weights }, 0.8);
  return {
    hajek: hajekEstimate(correct, weights),
    kish: kishEffectiveN(weights),
    wilson: wilsonInterval(right, correct.length),
    clopperPearson: clopperPearson(right, correct.length),
    weightedClopperPearson: weightedClopperPearson({ correct, weights }),
    kornGraubard: kornGraubardInterval({ correct, weights }),
    accuracy: accuracyFromSums(counted, rest),
    poststratified: rest,
    modelAssisted: modelAssistedEstimate({ correct, scores, weights, populationScoreMean: 0.6 }),
    predictionPowered: predictionPoweredMean({ correct, scores, unlabeledScores: [0.2, 0.9, 0.5] }),
    band: alwaysValidBand(classes),
    evidence: evidenceFromCounts(classes, 0.1),
    recovery: recoveryEvidence(classes, { accuracy: 0.8, boundary: 0.9 }),
    detector: observations.map(({ error, weight }) => detector.step(error, weight / 10)),
    state: detector.state(),
    changeStart: detector.changeStart(),
    boundary: pilot && boundaryError(pilotBoundary({ mean: pilot.mean, low80: pilot.low })),
  };
}

/** Paths of numbers that are not finite. */
function notFinite(value: unknown, path = ""): string[] {
  if (typeof value === "number") return Number.isFinite(value) ? [] : [`${path} = ${value}`];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => notFinite(inner, `${path}.${key}`));
}

describe("at the edges every answer is a finite number, or null", () => {
  it.each(Object.entries(cells))("%s", (_, cell) => {
    const got = answers(cell);
    expect(Object.keys(got)).toHaveLength(17);
    expect(notFinite(got)).toEqual([]);
  });

  it("would see a NaN or an infinite number anywhere", () => {
    expect(notFinite({ a: [{ b: Number.NaN }], c: -Infinity, d: null })).toEqual([
      ".a.0.b = NaN",
      ".c = -Infinity",
    ]);
  });
});

describe("null stands where there is no answer", () => {
  const nulls = (cell: Cell | undefined) =>
    Object.entries(cell === undefined ? {} : answers(cell)).flatMap(([name, value]) =>
      value === null ? [name] : [],
    );

  it("without records", () => {
    for (const name of ["no records", "no records of a stratum with traffic"]) {
      expect(nulls(cells[name])).toEqual([
        "hajek",
        "kish",
        "wilson",
        "clopperPearson",
        "weightedClopperPearson",
        "kornGraubard",
        "modelAssisted",
        "predictionPowered",
        "band",
        "boundary",
      ]);
      const none = cells[name];
      expect(none && answers(none)).toMatchObject({
        accuracy: { estimate: null, reason: "no-reviews" },
        evidence: 0,
        recovery: 0,
        detector: [],
        changeStart: 0,
      });
    }
  });

  it("for what cannot be seen in one record, or in equal ones", () => {
    for (const name of ["one right record", "one wrong record"])
      expect(nulls(cells[name])).toEqual(["kornGraubard", "predictionPowered"]);
    for (const name of ["all right", "all wrong", "all half right"])
      expect(nulls(cells[name])).toEqual(["kornGraubard"]);
    expect(nulls(cells["one stratum empty"])).toEqual([]);
  });

  it("and a stratum without reviews widens the interval by its share", () => {
    const cell = cells["one stratum empty"] ?? { correct: [], weights: [] };
    expect(answers(cell)).toMatchObject({ poststratified: { unauditedShare: 40 / 140 } });
  });
});
