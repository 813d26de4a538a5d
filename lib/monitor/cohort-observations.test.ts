import fc from "fast-check";
import { expect, test } from "vitest";
import { cohortObservations, type ObservedLabel } from "./cohort-observations";
import { drawnProbability, labelProbability } from "./label-probability";

const label = (settings: Partial<ObservedLabel<string>> = {}): ObservedLabel<string> => ({
  externalId: "a",
  cluster: null,
  randomNumber: 0.1,
  inclusionProbability: 0.2,
  score: 1,
  segments: [""],
  ...settings,
});
const missing = { unsureCountsWrong: false, leastOf: () => 0.1 };

test("observations follow the random numbers, then the names, whatever the order of the labels", () => {
  const labels = [
    label({ externalId: "c", randomNumber: 0.3, score: 0 }),
    label({ externalId: "b", randomNumber: 0.1, score: 0.25 }),
    label({ externalId: "a", randomNumber: 0.1, score: 1 }),
  ];
  const errors = [0, 0.75, 1];
  for (const order of [labels, [...labels].reverse()])
    expect(
      cohortObservations(order, missing)
        .get("")
        ?.map(({ error }) => error),
    ).toEqual(errors);
});

test("what was drawn more often weighs less, within each segment of its own", () => {
  const labels = [
    label({ randomNumber: 0.1, inclusionProbability: 0.5, segments: ["", "ios"] }),
    label({ randomNumber: 0.2, inclusionProbability: 0.1, segments: ["", "web"] }),
    label({ randomNumber: 0.3, inclusionProbability: 0.4, segments: ["", "ios"], score: null }),
  ];
  const asked: string[] = [];
  const leastOf = (segment: string) => {
    asked.push(segment);
    return segment === "ios" ? 0.2 : 0.1;
  };
  const observations = cohortObservations(labels, { unsureCountsWrong: false, leastOf });
  expect(observations.get("")?.map(({ weight }) => weight)).toEqual([0.2, 1]);
  expect(observations.get("web")?.map(({ weight }) => weight)).toEqual([1]);
  expect(observations.get("ios")?.map(({ weight }) => weight)).toEqual([0.4]);
  expect(asked).toEqual(["", "ios", "web"]);
});

test("a cluster is one observation with mean error and mean weight", () => {
  const labels = [
    label({ cluster: "s", externalId: "1", score: 0, inclusionProbability: 0.1 }),
    label({ cluster: "s", externalId: "2", score: 1, inclusionProbability: 0.2 }),
    label({ cluster: null, externalId: "3", randomNumber: 0.2, inclusionProbability: 0.1 }),
  ];
  expect(cohortObservations(labels, missing).get("")).toEqual([
    { error: 0.5, weight: 0.75 },
    { error: 0, weight: 1 },
  ]);
});

test("what nobody could judge is left out, or counts as wrong when the project says so", () => {
  const labels = [label({ score: null }), label({ externalId: "b", randomNumber: 0.2 })];
  expect(cohortObservations(labels, missing).get("")).toEqual([{ error: 0, weight: 0.5 }]);
  expect(cohortObservations(labels, { ...missing, unsureCountsWrong: true }).get("")).toEqual([
    { error: 1, weight: 0.5 },
    { error: 0, weight: 0.5 },
  ]);
  expect(cohortObservations([label({ score: null })], missing).size).toBe(0);
});

test("any order of the labels gives the same observations, and every weight is in (0, 1]", () => {
  const some = fc.record({
    cluster: fc.constantFrom(null, "x", "y"),
    randomNumber: fc.integer({ min: 0, max: 9 }).map((at) => at / 10),
    inclusionProbability: fc.double({ min: 1e-6, max: 1, noNaN: true }),
    score: fc.constantFrom(null, 0, 0.5, 1),
    segments: fc.subarray(["", "a", "b"]),
  });
  fc.assert(
    fc.property(
      fc.array(some, { maxLength: 30 }),
      fc.boolean(),
      fc.func(fc.integer()),
      (raw, unsureCountsWrong, keyOf) => {
        const labels = raw.map((each, at) => ({ ...each, externalId: `o${at}` }));
        const shuffled = labels.toSorted((a, b) => keyOf(a.externalId) - keyOf(b.externalId));
        const options = { unsureCountsWrong, leastOf: () => 1e-6 };
        const observations = cohortObservations(labels, options);
        expect(cohortObservations(shuffled, options)).toEqual(observations);
        for (const { error, weight } of [...observations.values()].flat()) {
          expect(weight > 0 && weight <= 1 && error >= 0 && error <= 1).toBe(true);
        }
      },
    ),
  );
});

test("the probability of a label is drawn x kept by the source x judged", () => {
  expect(labelProbability({ cut: 0.4, served: 20, labelled: 15 }, 0.5)).toBeCloseTo(0.15, 15);
  expect(labelProbability({ cut: 0.4, served: 3, labelled: 0 }, 1)).toBe(0.4);
  for (const labelled of [0, 1, 17, 20]) {
    const prefix = { cut: 0.4, served: 20, labelled };
    expect(drawnProbability(labelProbability(prefix, 0.5), prefix)).toBeCloseTo(0.2, 15);
  }
});
