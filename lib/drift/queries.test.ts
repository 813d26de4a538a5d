import { expect, it } from "vitest";
import { seededRandom } from "@/lib/stats/seeded-random";
import { testDatabase } from "@/lib/testing/database";
import { contextFor } from "@/lib/testing/make-project";
import { makeSampledProject, storeOutputs, type StoredOutput } from "@/lib/testing/store-outputs";
import { countInputs } from "./count-inputs";
import { freezeInputBaseline } from "./freeze-input-baseline";
import { readDriftView } from "./queries";

const { db, pool } = await testDatabase();
const DAY_MS = 86_400_000;
const START = Date.parse("2026-03-01T12:00:00Z");

function made(seed: number, from: number, days: number, values: readonly string[]): StoredOutput[] {
  const random = seededRandom(seed);
  return Array.from({ length: days * 60 }, (_, at) => ({
    externalId: `o-${seed}-${at}`,
    instant: new Date(START + (from + Math.floor(at / 60)) * DAY_MS + at),
    phase: from < 0 ? ("PILOT" as const) : ("PRODUCTION" as const),
    output: { contact: values[Math.floor(values.length * random())], pages: Math.ceil(8 * random()) },
  }));
}

async function drifted() {
  const sampled = await makeSampledProject(db);
  await storeOutputs({ db, pool }, sampled, made(1, -10, 10, ["unknown", "letter"]));
  await storeOutputs({ db, pool }, sampled, made(2, 0, 5, ["unknown", "letter"]));
  await storeOutputs({ db, pool }, sampled, made(3, 5, 5, ["mobile", "mobile", "letter"]));
  await countInputs(db, sampled.project.id);
  const now = new Date("2026-03-12T12:00:00Z");
  return contextFor(db, sampled.project, { kind: "system", job: "test" }, now);
}

const ctx = await drifted();

it("shows the moved field first, with its new values and the way to their outputs", async () => {
  const view = await readDriftView(ctx, { days: 5, withPayload: true });
  expect(view).toMatchObject({
    pilot: { outputs: 600, unwatched: 0 },
    range: { from: "2026-03-06", to: "2026-03-10", days: 5 },
    outputs: 300,
    waiting: 0,
    findings: [
      {
        since: "2026-03-06",
        endedOn: null,
        features: ["output contact", "share of unusual outputs", "inputs that come again at once"],
      },
    ],
  });
  const named = (name: string) => view?.features.find((feature) => feature.name === name);
  const contact = view?.features[0];
  expect(contact).toMatchObject({
    name: "/output/contact",
    movedSince: "2026-03-06",
    newValues: [{ value: "mobile", field: "/output/contact = mobile" }],
    accuracy: { moved: { reviews: 0, accuracy: null }, rest: { reviews: 0, accuracy: null } },
  });
  expect(contact?.sentence).toMatch(/^A value that the pilot never had in \d+ % of outputs/);
  expect(contact?.bins.reduce((sum, { now }) => sum + now, 0)).toBeCloseTo(1, 9);
  expect(named("/output/pages")).toMatchObject({ movedSince: null, accuracy: null });
  expect(view?.unusual).toMatchObject({ on: true });
});

it("says how right the outputs are where a field moved, how right they were, and of how many reviews", async () => {
  const plan = { reviewsPerWeek: 10_000, expectedPerDay: 60 };
  const sampled = await makeSampledProject(db, { plan });
  await storeOutputs({ db, pool }, sampled, made(1, -10, 10, ["unknown", "letter"]));
  await storeOutputs({ db, pool }, sampled, made(2, 0, 5, ["unknown", "letter"]));
  await storeOutputs(
    { db, pool },
    sampled,
    made(3, 5, 5, ["unknown", "letter", "letter", "letter", "letter"]),
  );
  await countInputs(db, sampled.project.id);
  const samples = await db.sample.findMany({
    where: { projectId: sampled.project.id, output: { phase: "PRODUCTION" } },
    include: { output: true },
    orderBy: { output: { externalId: "asc" } },
  });
  const right: string[] = [];
  const wrong: string[] = [];
  const asked = { letterNow: [0, 0], letterBefore: [0, 0], otherNow: [0, 0] };
  for (const [at, sample] of samples.entries()) {
    const isLetter = (sample.output.output as { contact: string }).contact === "letter";
    const isNow = sample.output.externalId.startsWith("o-3");
    const score = isLetter && isNow && at % 3 === 0 ? 0 : 1;
    (score === 1 ? right : wrong).push(sample.outputId);
    const group = isNow ? (isLetter ? asked.letterNow : asked.otherNow) : isLetter ? asked.letterBefore : [];
    group[0] = (group[0] ?? 0) + 1;
    group[1] = (group[1] ?? 0) + score;
  }
  const settle = (outputIds: string[], score: number) =>
    db.sample.updateMany({
      where: { projectId: sampled.project.id, outputId: { in: outputIds } },
      data: {
        state: "SETTLED",
        score,
        verdict: score === 1 ? "CORRECT" : "INCORRECT",
        settledBy: "review",
        settledAt: new Date(),
      },
    });
  await settle(right, 1);
  await settle(wrong, 0);
  const scope = contextFor(db, sampled.project, { kind: "system", job: "test" });
  const view = await readDriftView(scope, { days: 5, withPayload: true });
  const accuracy = view?.features.find(({ name }) => name === "/output/contact")?.accuracy;
  const group = ([reviews = 0, right = 0]: number[]) => ({
    reviews,
    accuracy: { mean: expect.closeTo(right / reviews, 6) },
  });
  expect(accuracy).toMatchObject({
    moved: group(asked.letterNow),
    before: group(asked.letterBefore),
    rest: group(asked.otherNow),
  });
  expect(accuracy?.moved.accuracy?.mean).toBeLessThan(0.75);
});

it("names no value to those who may not see payloads", async () => {
  const text = JSON.stringify(await readDriftView(ctx, { days: 5, withPayload: false }));
  expect(text).toContain("value 1");
  expect(text).not.toMatch(/mobile|unknown|letter/);
});

it("tells a first day with too few outputs from one that can be shown, and a project without a pilot", async () => {
  const sampled = await makeSampledProject(db);
  const empty = contextFor(db, sampled.project, { kind: "system", job: "test" });
  expect(await readDriftView(empty, { days: 7, withPayload: true })).toBeNull();
  await storeOutputs({ db, pool }, sampled, made(4, -10, 2, ["a", "b"]));
  await storeOutputs({ db, pool }, sampled, made(5, 0, 1, ["a", "b"]).slice(0, 8));
  await countInputs(db, sampled.project.id);
  const view = await readDriftView(empty, { days: 7, withPayload: true });
  expect(view?.outputs).toBe(8);
  for (const feature of view?.features ?? []) expect(feature).toMatchObject({ outputs: 8, sentence: null });
  expect(view?.unusual).toMatchObject({ on: false });
});

it("shows a pilot that was frozen a moment ago, before anything was counted against it", async () => {
  const sampled = await makeSampledProject(db);
  await storeOutputs({ db, pool }, sampled, made(7, -2, 2, ["unknown", "letter"]));
  await freezeInputBaseline(db, sampled.project.id);
  const now = new Date("2026-03-12T12:00:00Z");
  const scope = contextFor(db, sampled.project, { kind: "system", job: "test" }, now);
  const view = await readDriftView(scope, { days: 7, withPayload: true });
  expect(view).toMatchObject({ pilot: { outputs: 120 }, outputs: 0, range: { to: "2026-03-12" } });
});
