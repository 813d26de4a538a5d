import type pg from "pg";

import { type Ctx, type InstanceCtx, mintProjectScope } from "@/lib/core/ctx";
import { newId } from "@/lib/core/id";
import { writeAudit } from "@/lib/db/audit";
import type { PrismaClient } from "@/lib/db/generated/client";
import { inTransaction } from "@/lib/db/transaction";
import { createApiKey, revokeApiKey } from "@/lib/project/create-api-key";
import { createProject } from "@/lib/project/create-project";
import { eraseProject } from "@/lib/project/erase-project";
import { createAnswerSchema } from "@/lib/review/create-answer-schema";
import { answerDefinitionSchema } from "@/lib/review/schema";
import { createDefaultPlan } from "@/lib/sampling/default-plan";
import { sealSamplingSecret } from "@/lib/sampling/seal-sampling-secret";
import { type DemoOutput, DOCUMENT_KINDS, demoStream } from "./demo-stream";
import { fillDemoProject, type SendToDoor } from "./fill-demo-project";

export const DEMO_NAME = "Mail room (simulated)";
const DEMO_SEED = 4711;
const REVIEWS_PER_WEEK = 110;
/** One process makes the demo; replicas that start at the same moment leave it to that one. */
const DEMO_LOCK = 7_305_001;

export interface DemoParts {
  send: SendToDoor;
  print: (line: string) => void;
  stream?: readonly DemoOutput[];
}

/**
 * On the very first start: a project whose data is simulated and says so, filled through the same doors and use cases as any other.
 * A demo that was interrupted while being filled is erased and made anew; one that somebody has deleted does not come back.
 * Returns whether it made one.
 */
export async function createDemoProject(
  { db, pool }: { db: PrismaClient; pool: pg.Pool },
  now: Date,
  { send, print, stream = demoStream(now, DEMO_SEED) }: DemoParts,
): Promise<boolean> {
  const lock = await pool.connect();
  try {
    const { rows } = await lock.query<{ free: boolean }>("SELECT pg_try_advisory_lock($1) AS free", [
      DEMO_LOCK,
    ]);
    const wanted = rows[0]?.free ? await demoIsWanted(db) : null;
    if (!wanted) return false;
    const ctx: InstanceCtx = { db, actor: { kind: "system", job: "demo" }, now, requestId: newId() };
    if (wanted.unfinished) await eraseProject(ctx, wanted.unfinished, DEMO_NAME);
    print("Making the demo project (simulated data) …");
    await makeAndFill(ctx, { send, print, stream });
    return true;
  } finally {
    // Closing the connection frees the lock, whatever happened.
    lock.release(true);
  }
}

async function makeAndFill(ctx: InstanceCtx, { send, print, stream }: Required<DemoParts>): Promise<void> {
  const project = await makeProject(ctx);
  const { token, id: keyId } = await createApiKey(project, {
    name: "Simulated mail room",
    scopes: ["outputs:write", "truth:write"],
    new_source: { name: "Simulated mail room", recorded_history: true },
  });
  await fillDemoProject(project, {
    stream,
    send: (path, body) => send(path, token, body),
    reviewers: await makeReviewers(project),
    print,
  });
  await revokeApiKey(project, keyId);
  await inTransaction(ctx.db, (tx) =>
    writeAudit(tx, project, { action: "demo.fill", objectKind: "project", objectId: project.project.id }),
  );
}

/** Null when the installation has been used; else the address of a demo that was never finished, if there is one. */
async function demoIsWanted(db: PrismaClient): Promise<{ unfinished: string | null } | null> {
  const projects = await db.project.findMany({ select: { id: true, slug: true, isDemo: true } });
  const [demo, ...others] = projects;
  const erasedByPeople = await db.auditEvent.count({ where: { action: "project.erase", actorKind: "user" } });
  if (others.length > 0 || erasedByPeople > 0) return null;
  if (!demo) return { unfinished: null };
  const finished = await db.auditEvent.count({ where: { action: "demo.fill", projectId: demo.id } });
  return demo.isDemo && finished === 0 ? { unfinished: demo.slug } : null;
}

async function makeProject(ctx: InstanceCtx): Promise<Ctx> {
  const created = await createProject(
    ctx,
    { name: DEMO_NAME, time_zone: "UTC", reviews_per_week: REVIEWS_PER_WEEK, expected_per_day: 100 },
    {
      sealSamplingSecret,
      createPlan: (tx, id, input) => createDefaultPlan(tx, id, { ...input, attribute: "channel" }),
    },
    { isDemo: true },
  );
  const project: Ctx = { ...ctx, project: mintProjectScope(created) };
  await createAnswerSchema(project, {
    baseVersion: 0,
    instructions: "What kind of document is this? Judge by what the sender wants, not by single words.",
    definition: answerDefinitionSchema.parse({
      fields: [
        {
          key: "label",
          label: "Kind of document",
          type: "category",
          options: DOCUMENT_KINDS.map((kind) => ({ value: kind, label: kind })),
          output_path: "/label",
          truth_path: "/label",
        },
      ],
    }),
  });
  return project;
}

/** People who cannot sign in: their names say what they are. Administrators who exist already may review the demo too. */
async function makeReviewers({ db, project }: Ctx): Promise<{ userId: string; name: string }[]> {
  const reviewers = ["Ada (simulated)", "Ben (simulated)"].map((name) => ({ userId: newId(), name }));
  await db.user.createMany({
    data: reviewers.map(({ userId, name }) => ({
      id: userId,
      name,
      email: `${name.slice(0, 3).toLowerCase()}-${userId.slice(-6)}@simulated.example`,
    })),
  });
  const admins = await db.user.findMany({ where: { isAdmin: true }, select: { id: true } });
  await db.membership.createMany({
    data: [
      ...reviewers.map(({ userId }) => ({ projectId: project.id, userId, role: "REVIEWER" as const })),
      ...admins.map(({ id }) => ({ projectId: project.id, userId: id, role: "MANAGER" as const })),
    ],
  });
  return reviewers;
}
