import { createHash } from "node:crypto";
import type { Ctx } from "@/lib/core/ctx";
import { newId } from "@/lib/core/id";
import type { PrismaClient, Project, User } from "@/lib/db/generated/client";
import type { Reason } from "@/lib/quarantine/reason";
import { createAnswerSchema } from "@/lib/review/create-answer-schema";
import { type AnswerDefinition, answerDefinitionSchema } from "@/lib/review/schema";
import { createDefaultPlan } from "@/lib/sampling/default-plan";
import { actorFor, contextFor, makePerson, makeProject } from "./make-project";

export interface ReviewQueue {
  project: Project;
  reviewers: User[];
  /** A context of the n-th reviewer, as the boundary would make it. */
  as: (reviewer: number) => Ctx;
  epochId: string;
  sourceId: string;
  stratumId: string;
  formId: string;
}

export interface QueueItem {
  externalId?: string;
  input: unknown;
  output: unknown;
  secondLook?: boolean;
  /** What reviewers must not see. */
  modelVersion?: string;
  confidence?: number;
  segments?: Record<string, string>;
  /** What the contract found; its codes flag the output. */
  reasons?: Reason[];
  /** Monday, 2 March 2026 by default. */
  day?: string;
}

export const YES_NO: AnswerDefinition = answerDefinitionSchema.parse({
  fields: [
    {
      key: "label",
      label: "Does the client take the deposit?",
      type: "category",
      options: [
        { value: "yes", label: "yes" },
        { value: "no", label: "no" },
      ],
      output_path: "/label",
      truth_path: "/label",
    },
  ],
});

let people = 0;

/** Known beforehand, since what measures people is drawn by who they are. */
function reviewerIdOf(number: number): string {
  return `00000000-0000-7000-8000-${number.toString(16).padStart(12, "0")}`;
}

/**
 * A project whose queue holds the items in the order given, with people to review them. The n-th reviewer of a test file has the same
 * id in every run.
 */
export async function makeReviewQueue(
  db: PrismaClient,
  setting: {
    items: readonly QueueItem[];
    reviewers?: number;
    definition?: AnswerDefinition;
    clock?: "LIVE" | "RECORDED";
    project?: Parameters<typeof makeProject>[1];
  },
): Promise<ReviewQueue> {
  const project = await makeProject(db, setting.project);
  const reviewers: User[] = [];
  for (let i = 0; i < (setting.reviewers ?? 1); i += 1) {
    const id = reviewerIdOf((people += 1));
    reviewers.push(await makePerson(db, { id, project, role: "REVIEWER", name: `Reviewer ${i + 1}` }));
  }
  const place = await makePlace(db, project, setting.clock ?? "RECORDED");
  const form = await createAnswerSchema(contextFor(db, project), {
    definition: setting.definition ?? YES_NO,
    instructions: "Judge by the input alone.",
    baseVersion: 0,
  });
  const queue = { project, ...place };
  await addItems(db, queue, setting.items);
  const as = (reviewer: number) => {
    const person = reviewers[reviewer];
    if (!person) throw new Error(`There is no reviewer ${reviewer}.`);
    return contextFor(db, project, actorFor(person));
  };
  return { ...queue, reviewers, as, formId: form.id };
}

async function makePlace(db: PrismaClient, project: Project, clock: "LIVE" | "RECORDED") {
  const projectId = project.id;
  const [sourceId, epochId, stratumId] = [newId(), newId(), newId()];
  const planId = await db.$transaction((tx) => createDefaultPlan(tx, projectId));
  await db.source.create({
    data: { projectId, id: sourceId, kind: "API", name: "test", recordedHistory: clock === "RECORDED" },
  });
  const startsAt = new Date("2026-03-02T00:00:00Z");
  const endsAt = new Date("2026-03-03T00:00:00Z");
  await db.epoch.create({ data: { projectId, id: epochId, clock, startsAt, endsAt, planId } });
  await db.stratum.create({ data: { projectId, id: stratumId, phase: "PRODUCTION", flagged: false } });
  await db.stratumEpoch.create({ data: { projectId, epochId, stratumId, rate: 0.5, target: 10 } });
  return { sourceId, epochId, stratumId };
}

type Place = Pick<ReviewQueue, "project" | "sourceId" | "epochId" | "stratumId">;

/** Adds items behind the present ones. Returns the outputs' ids. */
export async function addItems(
  db: PrismaClient,
  queue: Place,
  items: readonly QueueItem[],
): Promise<string[]> {
  const known = await db.sample.count({ where: { projectId: queue.project.id } });
  const rows = items.map((item, at) => {
    const externalId = item.externalId ?? `item-${known + at}`;
    const looks = item.secondLook ? [1, 2] : [1];
    return {
      id: newId(),
      externalId,
      input: item.input,
      output: item.output,
      model: item.modelVersion ?? null,
      confidence: item.confidence ?? null,
      segments: item.segments ?? {},
      reasons: item.reasons ?? null,
      flags: [...new Set(item.reasons?.map((reason) => reason.code))],
      day: item.day ?? "2026-03-02",
      hash: createHash("sha256").update(externalId).digest("hex"),
      random: (known + at + 1) / 2_000_003,
      looks: looks.map((look) => ({ id: newId(), look })),
    };
  });
  await db.$executeRaw`
    WITH item AS MATERIALIZED (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS row(id uuid, "externalId" text, input jsonb,
        output jsonb, model text, confidence float8, segments jsonb, reasons jsonb, flags text[], day date, hash text, random float8, looks jsonb)),
    outputs AS (
      INSERT INTO output (project_id, id, external_id, source_id, phase, occurred_at, day, received_at, input, output,
        model_version, confidence, segments, content_hash, reasons, flags, epoch_id, stratum_id, random_number)
      SELECT ${queue.project.id}::uuid, id, "externalId", ${queue.sourceId}::uuid, 'PRODUCTION', day + interval '12 hours',
        day, now(), input, output, model, confidence, segments, decode(hash, 'hex'), reasons, flags, ${queue.epochId}::uuid, ${queue.stratumId}::uuid, random
      FROM item),
    samples AS (
      INSERT INTO sample (project_id, output_id, epoch_id, stratum_id, random_number)
      SELECT ${queue.project.id}::uuid, id, ${queue.epochId}::uuid, ${queue.stratumId}::uuid, random FROM item)
    INSERT INTO review_slot (project_id, id, output_id, look, order_key)
    SELECT ${queue.project.id}::uuid, look.id, item.id, look.look, item.random / 0.5
    FROM item, jsonb_to_recordset(item.looks) AS look(id uuid, look int)`;
  return rows.map((row) => row.id);
}
