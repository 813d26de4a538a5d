import { expect, it } from "vitest";
import { labelForm, makeRecord, makeSendingProject, serveDoors } from "@/lib/ingest/testing/open-ingest";
import { updateProject } from "@/lib/project/update-project";
import { testDatabase } from "@/lib/testing/database";
import { contextFor } from "@/lib/testing/make-project";
import { catchUp } from "@/lib/worker/catch-up";
import { settleTruths, settleTruthsAgain } from "./settle-truths";

const { db } = await testDatabase();
const send = await serveDoors();
const truths = { path: "/api/v1/ground-truth" };

async function projectWithForm(coverage: "SELECTED" | "COMPLETE") {
  const sending = await makeSendingProject(db, { plan: { reviewsPerWeek: 7_000, expectedPerDay: 1 } });
  const projectId = sending.project.id;
  await db.project.update({ where: { id: projectId }, data: { truthCoverage: coverage } });
  await db.answerSchema.create({
    data: { projectId, id: crypto.randomUUID(), version: 1, definition: labelForm() },
  });
  const settle = () => settleTruths(contextFor(db, sending.project));
  const sampleOf = (externalId: string) =>
    db.sample.findFirstOrThrow({ where: { projectId, output: { externalId } } });
  return { ...sending, projectId, settle, sampleOf };
}

it("settles a sample whose truth comes later, and the newest truth counts", async () => {
  const { token, projectId, settle, sampleOf } = await projectWithForm("COMPLETE");
  const record = makeRecord({ output: { label: "yes" } });
  await send(record, { token });
  expect((await sampleOf(record.id)).state).toBe("QUEUED");
  const answer = await send({ id: record.id, ground_truth: { label: "yes" } }, { token, ...truths });
  expect(answer).toMatchObject({ status: 202, body: { received: 1, accepted: 1, parked: 0, results: [] } });
  const jobs = await db.$queryRaw`
    SELECT task_identifier AS task FROM graphile_worker.jobs WHERE key = ${`settle:${projectId}`}`;
  expect(jobs).toEqual([{ task: "settle-truth" }]);
  expect(await settle()).toBe(1);
  expect(await sampleOf(record.id)).toMatchObject({
    state: "SETTLED",
    verdict: "CORRECT",
    settledBy: "truth",
  });
  expect(await db.dirtyEpoch.count({ where: { projectId } })).toBeGreaterThan(0);
  const later = { id: record.id, ground_truth: { label: "no" }, known_at: "2026-11-22T10:00:00+01:00" };
  await send(later, { token, ...truths });
  await settle();
  expect(await sampleOf(record.id)).toMatchObject({ verdict: "INCORRECT" });
  expect(await db.groundTruth.count({ where: { projectId } })).toBe(2);
});

it("a truth that comes before its output waits for it", async () => {
  const { token, projectId, settle, sampleOf } = await projectWithForm("COMPLETE");
  const record = makeRecord({ output: { label: "yes" } });
  const answer = await send([{ id: record.id, ground_truth: { label: "no" } }], { token, ...truths });
  expect(answer.body).toMatchObject({
    accepted: 0,
    parked: 1,
    results: [{ id: record.id, status: "parked" }],
  });
  expect(await settle()).toBe(0);
  await db.$executeRaw`SELECT graphile_worker.remove_job(${`settle:${projectId}`})`;
  await send(record, { token });
  await catchUp(db);
  const jobs = await db.$queryRaw`SELECT 1 FROM graphile_worker.jobs WHERE key = ${`settle:${projectId}`}`;
  expect(jobs).toHaveLength(1);
  expect(await settle()).toBe(1);
  expect(await sampleOf(record.id)).toMatchObject({ state: "SETTLED", verdict: "INCORRECT" });
});

it("counts in production only where truth comes for every output; the pilot's counts always", async () => {
  const { token, projectId, settle, sampleOf } = await projectWithForm("SELECTED");
  const record = makeRecord({ output: { label: "yes" } });
  const pilot = makeRecord({ output: { label: "yes" }, phase: "pilot" });
  await send([record, pilot], { token });
  const both = [record, pilot].map(({ id }) => ({ id, ground_truth: { label: "no" } }));
  expect((await send(both, { token, ...truths })).body).toMatchObject({ accepted: 2 });
  await settle();
  expect((await sampleOf(record.id)).state).toBe("QUEUED");
  expect(await sampleOf(pilot.id)).toMatchObject({ state: "SETTLED", settledBy: "truth" });
  expect(await db.groundTruth.count({ where: { projectId } })).toBe(2);
});

it("truths that cease to count leave the estimate and free their looks, and come back when they count again", async () => {
  const { token, project, projectId, settle, sampleOf } = await projectWithForm("COMPLETE");
  const record = makeRecord({ output: { label: "yes" } });
  await send(record, { token });
  await send({ id: record.id, ground_truth: { label: "no" } }, { token, ...truths });
  await settle();
  const { outputId } = await sampleOf(record.id);
  const firstLook = () => db.reviewSlot.findFirstOrThrow({ where: { projectId, outputId, look: 1 } });
  expect((await firstLook()).state).toBe("WITHDRAWN");

  const ctx = contextFor(db, project);
  const change = async (truth_coverage: "SELECTED" | "COMPLETE") => {
    await updateProject(ctx, { truth_coverage });
    const jobs = await db.$queryRaw`
      SELECT task_identifier AS task FROM graphile_worker.jobs WHERE key = ${`settle-again:${projectId}`}`;
    expect(jobs).toEqual([{ task: "settle-truth-again" }]);
    await db.dirtyEpoch.deleteMany({ where: { projectId } });
    expect(await settleTruthsAgain(ctx)).toBe(1);
    expect(await db.dirtyEpoch.count({ where: { projectId } })).toBe(1);
  };
  await change("SELECTED");
  expect(await sampleOf(record.id)).toMatchObject({ state: "QUEUED", verdict: null, settledBy: null });
  expect((await firstLook()).state).toBe("OPEN");
  await change("COMPLETE");
  expect(await sampleOf(record.id)).toMatchObject({
    state: "SETTLED",
    verdict: "INCORRECT",
    settledBy: "truth",
  });
  expect((await firstLook()).state).toBe("WITHDRAWN");
});

it("what is repeated is a duplicate, and what is broken is quarantined with its bytes", async () => {
  const { token, projectId } = await projectWithForm("COMPLETE");
  const truth = { id: "x-1", ground_truth: 1 };
  await send(truth, { token, ...truths });
  const broken = [
    { id: "x-2" },
    { ground_truth: 1 },
    { id: "x-3", ground_truth: 2, known_at: "yesterday" },
    5,
  ];
  const answer = await send([truth, truth, ...broken], { token, ...truths });
  expect(answer.body).toMatchObject({ received: 6, accepted: 0, parked: 0, duplicates: 2, quarantined: 4 });
  const rows = await db.quarantine.findMany({ where: { projectId }, orderBy: { id: "asc" } });
  expect(rows.map(({ kind, firstCode }) => `${kind} ${firstCode}`)).toEqual([
    "truth FIELD_MISSING_REQUIRED",
    "truth ENVELOPE_MISSING_ID",
    "truth ENVELOPE_BAD_TIME",
    "truth TYPE_MISMATCH",
  ]);
  expect(rows.map(({ raw }) => Buffer.from(raw).toString())).toEqual(
    broken.map((each) => JSON.stringify(each)),
  );
  expect(await db.ledgerDelta.count({ where: { projectId } })).toBe(0);
});
