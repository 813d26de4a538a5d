import { expect, test } from "vitest";
import type { InstanceCtx } from "@/lib/core/ctx";
import { newId } from "@/lib/core/id";
import { foldCounts } from "@/lib/estimate/fold-counts";
import { refreshEstimate } from "@/lib/estimate/refresh-estimate";
import { createHook } from "@/lib/ingest/create-hook";
import { createHookSchema } from "@/lib/ingest/schema";
import { claimNext } from "@/lib/review/claim-next";
import { revealOutput } from "@/lib/review/reveal-output";
import { submitReview } from "@/lib/review/submit-review";
import { testDatabase } from "@/lib/testing/database";
import { actorFor, contextFor, makePerson } from "@/lib/testing/make-project";
import { makeReviewQueue, type ReviewQueue } from "@/lib/testing/make-review-queue";
import { createApiKey } from "./create-api-key";
import { createProjectInvite } from "./create-invite";
import { eraseProject } from "./erase-project";

const { db, pool } = await testDatabase();
const admin = await makePerson(db, { isAdmin: true });
const ctx = (): InstanceCtx => ({ db, actor: actorFor(admin), now: new Date(), requestId: newId() });
const bytes = (text: string) => new Uint8Array(Buffer.from(text.padEnd(32)));

/** A project that has something in nearly every table. */
async function fullProject(): Promise<ReviewQueue> {
  const items = [1, 2, 3].map((at) => ({ input: { at }, output: { label: "yes" } }));
  const queue = await makeReviewQueue(db, { items });
  const manage = contextFor(db, queue.project);
  const { token } = await createApiKey(manage, { name: "key", scopes: ["read"] });
  expect(token).toMatch(/^asy_/);
  await createProjectInvite(manage, { role: "VIEWER" });
  await createHook(manage, createHookSchema.parse({ name: "Hook" }));
  await review(queue);
  await sent(queue);
  await counted(queue);
  return queue;
}

async function review(queue: ReviewQueue): Promise<void> {
  const reviewer = queue.as(0);
  const { item } = await claimNext(reviewer);
  if (!item) throw new Error("There was nothing to claim.");
  const given = { slotId: item.slot_id, leaseToken: item.lease_token, answerSchemaId: queue.formId };
  await revealOutput(reviewer, { ...given, answer: { label: "yes" } });
  await submitReview(reviewer, {
    ...given,
    submissionKey: newId(),
    decision: { outcome: "ANSWERED", answer: { label: "yes" } },
  });
}

/** What the doors keep beside the outputs. */
async function sent({ project, sourceId }: ReviewQueue): Promise<void> {
  const projectId = project.id;
  const [id, receivedAt, contentHash, raw] = [newId(), new Date(), bytes("hash"), bytes("raw")];
  const output = await db.output.findFirstOrThrow({ where: { projectId } });
  await db.outputConflict.create({
    data: { projectId, id, outputId: output.id, sourceId, receivedAt, contentHash, raw },
  });
  await db.quarantine.create({
    data: {
      projectId,
      id,
      sourceId,
      receivedAt,
      reasons: [],
      firstCode: "TEST",
      raw,
      rawLength: 32,
      rawHash: contentHash,
    },
  });
  await db.groundTruth.create({
    data: { projectId, id, externalId: "x", value: {}, receivedAt, contentHash },
  });
  const expiresAt = new Date(Date.now() + 60_000);
  await db.idempotencyKey.create({
    data: { projectId, sourceId, key: "x", bodyHash: contentHash, expiresAt },
  });
  await db.release.create({ data: { projectId, id, modelName: "m", modelVersion: "1", liveAt: receivedAt } });
}

async function counted({ project, sourceId, epochId, stratumId }: ReviewQueue): Promise<void> {
  const projectId = project.id;
  const none = { flagged: 0, duplicates: 0, conflicts: 0, quarantined: 0, refused: 0 };
  const ledger = {
    projectId,
    sourceId,
    hour: new Date("2026-03-02T12:00:00Z"),
    received: 3,
    accepted: 3,
    ...none,
  };
  const population = {
    projectId,
    epochId,
    stratumId,
    day: new Date("2026-03-02"),
    attribute: "",
    value: "",
    outputs: 3,
    weight: 3,
  };
  await db.ledgerDelta.create({ data: ledger });
  await db.populationDelta.create({ data: population });
  await foldCounts(db, projectId);
  await refreshEstimate(db, projectId);
  await db.baseline.create({ data: { projectId, id: newId() } });
  await db.ledgerDelta.create({ data: ledger });
  await db.populationDelta.create({ data: population });
  await db.dirtyEpoch.create({ data: { projectId, epochId } });
}

/** Rows of the project by table, in every table that knows projects; the audit trail stays on purpose. */
async function rowsOf(projectId: string): Promise<Map<string, number>> {
  const { rows: tables } = await pool.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.columns
     WHERE table_schema = 'public' AND column_name = 'project_id' AND table_name <> 'audit_event' ORDER BY 1`,
  );
  const found = new Map<string, number>();
  for (const { name } of tables) {
    const { rows } = await pool.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM "${name}" WHERE project_id = $1`,
      [projectId],
    );
    found.set(name, rows[0]?.n ?? 0);
  }
  return found;
}

test("a project goes with everything in it, and its neighbour keeps everything", async () => {
  const [doomed, neighbour] = [await fullProject(), await fullProject()];
  const before = await rowsOf(doomed.project.id);
  const empty = [...before].filter(([, rows]) => rows === 0).map(([name]) => name);
  // Looks at most tables: an erasure that forgets one of them leaves a row or fails at its foreign key.
  expect(before.size - empty.length).toBeGreaterThanOrEqual(22);
  const kept = await rowsOf(neighbour.project.id);
  await eraseProject(ctx(), doomed.project.slug, doomed.project.name);
  expect([...(await rowsOf(doomed.project.id))].filter(([, rows]) => rows > 0)).toEqual([]);
  expect(await rowsOf(neighbour.project.id)).toEqual(kept);
  expect(await db.project.findUnique({ where: { id: doomed.project.id } })).toBeNull();
  const line = await db.auditEvent.findFirstOrThrow({
    where: { action: "project.erase", objectId: doomed.project.id },
  });
  expect(line).toMatchObject({ projectId: null, details: { slug: doomed.project.slug } });
});

test("the name has to be typed as it is, and what was begun is finished by the same request", async () => {
  const { project } = await fullProject();
  await expect(eraseProject(ctx(), project.slug, project.name.toLowerCase())).rejects.toMatchObject({
    details: { reason: "name_mismatch" },
  });
  expect((await db.project.findUniqueOrThrow({ where: { id: project.id } })).archivedAt).toBeNull();
  await db.project.update({ where: { id: project.id }, data: { archivedAt: new Date() } });
  await eraseProject(ctx(), project.slug, project.name);
  expect(await db.project.findUnique({ where: { id: project.id } })).toBeNull();
  await expect(eraseProject(ctx(), project.slug, project.name)).rejects.toMatchObject({ code: "NOT_FOUND" });
});
