import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import type { Ctx } from "@/lib/core/ctx";
import { accuracySeries } from "@/lib/estimate/queries";
import { readDue } from "@/lib/estimate/due-reviews";
import { refreshEstimate } from "@/lib/estimate/refresh-estimate";
import { closeCohorts } from "@/lib/monitor/close-cohorts";
import { closeEpochs } from "@/lib/sampling/close-epoch";
import { testDatabase } from "@/lib/testing/database";
import { actorFor, contextFor, makePerson } from "@/lib/testing/make-project";
import { YES_NO } from "@/lib/testing/make-review-queue";
import { makeSampledProject, type SampledProject, storeOutputs } from "@/lib/testing/store-outputs";
import { anchoring } from "./anchoring";
import { nextItem } from "./claim-slot";
import { createAnswerSchema } from "./create-answer-schema";
import { goldScores } from "./gold-scores";
import { pickOutputs } from "./pick-outputs";
import { repeatScores } from "./repeat-scores";
import { settleSample } from "./settle-sample";
import { submitReview } from "./submit-review";
import type { QueueName } from "./wire-schema";

const database = await testDatabase();
const { db } = database;
const DAYS = ["2026-03-02", "2026-03-03", "2026-03-04"];

let sampled: SampledProject;
let people: Ctx[];
let ids: string[];

/** Three days of 30 outputs, all of them samples, some with a second look; two people judge them; what they differ on waits. */
beforeAll(async () => {
  sampled = await makeSampledProject(db, { plan: { reviewsPerWeek: 5_000, expectedPerDay: 30 } });
  const { project } = sampled;
  people = [];
  for (const role of ["REVIEWER", "REVIEWER"] as const)
    people.push(contextFor(db, project, actorFor(await makePerson(db, { project, role }))));
  await createAnswerSchema(contextFor(db, project), { definition: YES_NO, instructions: "", baseVersion: 0 });
  const outputs = DAYS.flatMap((day) =>
    Array.from({ length: 30 }, (_, i) => ({
      externalId: `${day}-${i}`,
      instant: new Date(`${day}T09:00:00Z`),
      segments: { country: i % 2 === 0 ? "de" : "at" },
      output: { label: "yes" },
    })),
  );
  ids = await storeOutputs(database, sampled, outputs);
  await closeEpochs(db, project.id, "RECORDED", new Date("2026-03-05T00:00:00Z"));
  for (let done = 0; ; done += 1) {
    const label = done % 5 === 0 ? "no" : "yes";
    if (!(await judge(done % 2, "review", label)) && !(await judge((done + 1) % 2, "review", label))) break;
  }
});

async function judge(person: number, queue: QueueName, label: string): Promise<boolean> {
  const ctx = people[person];
  const item = ctx && (await nextItem(ctx, { queue }));
  if (!ctx || !item) return false;
  await submitReview(ctx, {
    slotId: item.slotId,
    leaseToken: item.leaseToken,
    submissionKey: randomUUID(),
    answerSchemaId: item.form.id,
    decision: { outcome: "ANSWERED", answer: { label } },
  });
  return true;
}

/** Everything that is drawn, estimated, watched or said about people, to the byte. */
async function measured(): Promise<string> {
  const projectId = sampled.project.id;
  const ctx = contextFor(db, sampled.project, undefined, new Date("2026-03-20T00:00:00Z"));
  await refreshEstimate(db, projectId);
  await closeCohorts(db, projectId);
  const tables = await db.$queryRaw<{ rows: string }[]>`
    SELECT jsonb_build_object(
      'samples', (SELECT jsonb_agg(to_jsonb(sample) ORDER BY output_id) FROM sample WHERE project_id = ${projectId}::uuid),
      'strata', (SELECT jsonb_agg(to_jsonb(each) ORDER BY epoch_id, stratum_id) FROM stratum_epoch each WHERE project_id = ${projectId}::uuid),
      'cells', (SELECT jsonb_agg(to_jsonb(cell) ORDER BY period_kind, period_start, attribute, value, stratum_id)
                FROM estimate_cell cell WHERE project_id = ${projectId}::uuid),
      'cohorts', (SELECT jsonb_agg(to_jsonb(cohort) ORDER BY sequence) FROM cohort WHERE project_id = ${projectId}::uuid),
      'labels', (SELECT jsonb_agg(to_jsonb(label) ORDER BY output_id) FROM cohort_label label WHERE project_id = ${projectId}::uuid),
      'looks', (SELECT jsonb_agg(to_jsonb(slot) ORDER BY id) FROM review_slot slot WHERE project_id = ${projectId}::uuid AND occasion = 0)
    )::text AS rows`;
  const window = { period: "week", from: "2026-03-01", to: "2026-03-31" } as const;
  const due = [...(await readDue(db, projectId, window))];
  const { points, now, totals } = await accuracySeries(ctx, { from: "2026-03-01", to: "2026-03-31" });
  const instrument = [await goldScores(ctx), await repeatScores(ctx), await anchoring(ctx)];
  return JSON.stringify([tables[0]?.rows, due, points, now, totals, instrument]);
}

test("outputs picked by hand and judged the other way change no byte of what is measured", async () => {
  const before = await measured();
  const labels = await db.cohortLabel.count({ where: { projectId: sampled.project.id } });
  expect(labels).toBeGreaterThan(20);
  const note = { note: "What is wrong here?", origin: "selection" as const };
  await pickOutputs(people[0] ?? contextFor(db, sampled.project), {
    ...note,
    batchId: randomUUID(),
    outputIds: ids,
  });
  expect(await measured()).toBe(before);
  let judged = 0;
  while (await judge(judged % 2, "diagnostic", "no")) judged += 1;
  // All but those that wait as samples too.
  expect(judged).toBeGreaterThan(60);
  expect(await measured()).toBe(before);
});

test("were such a look stored among those of the sample, it would be seen", async () => {
  const before = await measured();
  const projectId = sampled.project.id;
  const planted = await db.$queryRaw<{ outputId: string }[]>`
    INSERT INTO review (project_id, id, output_id, occasion, slot_id, reviewer_id, revision, outcome, "primary", answer_schema_id,
      answer, field_results, computed_score, computed_verdict, verdict, score, submission_key)
    SELECT picked.project_id, gen_random_uuid(), picked.output_id, 0, own.slot_id, own.reviewer_id, own.revision + 1, picked.outcome,
      true, picked.answer_schema_id, picked.answer, picked.field_results, picked.computed_score, picked.computed_verdict,
      picked.verdict, picked.score, gen_random_uuid()
    FROM review picked JOIN review own ON own.project_id = picked.project_id AND own.output_id = picked.output_id
      AND own.occasion = 0 AND own.reviewer_id = picked.reviewer_id AND own.verdict = 'CORRECT'
    WHERE picked.project_id = ${projectId}::uuid AND picked.occasion > 0 AND picked.verdict = 'INCORRECT'
    ORDER BY picked.id LIMIT 1
    RETURNING output_id AS "outputId"`;
  const outputId = planted[0]?.outputId ?? "";
  await db.$transaction((tx) => settleSample(tx, contextFor(db, sampled.project), outputId));
  expect(await measured()).not.toBe(before);
});
