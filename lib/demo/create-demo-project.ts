import type pg from "pg";

import type { Ctx, InstanceCtx, ProjectScope } from "@/lib/core/ctx";
import { newId } from "@/lib/core/id";
import { writeAudit } from "@/lib/db/audit";
import type { PrismaClient } from "@/lib/db/generated/client";
import { inTransaction } from "@/lib/db/transaction";
import { sendAsSource } from "@/lib/ingest/doors";
import { recordRelease } from "@/lib/ingest/record-release";
import { createProject } from "@/lib/project/create-project";
import { createAnswerSchema } from "@/lib/review/create-answer-schema";
import { answerDefinitionSchema } from "@/lib/review/schema";
import { createDefaultPlan } from "@/lib/sampling/default-plan";
import { sealSamplingSecret } from "@/lib/sampling/seal-sampling-secret";
import { DEMO_RELEASE, type DemoOutput, DOCUMENT_KINDS, demoReleaseInstant, demoStream } from "./demo-stream";
import { SIMULATED_DOMAIN } from "./erase-demo";
import { fillDemoProject } from "./fill-demo-project";
import { DEMO_NAME } from "./schema";
import { eraseUnfinished, isFilled } from "./unfinished-demo";

const DEMO_SEED = 4711;
const REVIEWS_PER_WEEK = 110;
/** One process makes the demo; replicas that start at the same moment leave it to that one. */
const DEMO_LOCK = 7_305_001;

export interface DemoParts {
  /** A project's scope comes from whoever calls. */
  mintScope: (project: { id: string; slug: string; timeZone: string }) => ProjectScope;
  stream?: readonly DemoOutput[];
  /** Told after each simulated week. */
  progress?: (done: number, all: number) => Promise<void> | void;
  send?: typeof sendAsSource;
}

/**
 * On the very first start: a project whose data is simulated and says so, filled through the same use cases as any other.
 * A demo that was interrupted while being filled is erased and made anew; one that somebody has deleted does not come back by itself.
 * Returns whether it made one.
 */
export async function createDemoProject(
  { db, pool }: { db: PrismaClient; pool: pg.Pool },
  now: Date,
  { print, ...parts }: DemoParts & { print: (line: string) => void },
): Promise<boolean> {
  const lock = await pool.connect();
  try {
    const { rows } = await lock.query<{ free: boolean }>("SELECT pg_try_advisory_lock($1) AS free", [
      DEMO_LOCK,
    ]);
    if (!rows[0]?.free || !(await demoIsWanted(db))) return false;
    const ctx: InstanceCtx = { db, actor: { kind: "system", job: "demo" }, now, requestId: newId() };
    await eraseUnfinished(ctx);
    print("Making the demo project (simulated data) …");
    await makeDemo(ctx, {
      ...parts,
      progress: (done, all) => {
        if (done % 4 === 0 || done === all) print(`  week ${done} of ${all} is sent and reviewed`);
      },
    });
    return true;
  } finally {
    // Closing the connection frees the lock, whatever happened.
    lock.release(true);
  }
}

/** Makes the project and fills it; it takes a while. What is interrupted is left for `eraseUnfinished`. */
export async function makeDemo(
  ctx: InstanceCtx,
  { mintScope, progress, send = sendAsSource, stream = demoStream(ctx.now, DEMO_SEED) }: DemoParts,
): Promise<void> {
  const project = await makeProject(ctx, mintScope);
  const source = { id: newId(), kind: "API" as const, name: "Simulated mail room", recordedHistory: true };
  await ctx.db.source.create({ data: { ...source, projectId: project.project.id } });
  const row = await ctx.db.project.findUniqueOrThrow({ where: { id: project.project.id } });
  await recordRelease(project, {
    model: { name: DEMO_RELEASE.name, version: DEMO_RELEASE.after },
    released_at: demoReleaseInstant(ctx.now).toISOString(),
  });
  await fillDemoProject(project, {
    stream,
    send: (records) =>
      send({ project: row, source, actor: { kind: "webhook", sourceId: source.id } }, records),
    reviewers: await makeReviewers(project),
    progress: progress ?? (() => undefined),
  });
  await inTransaction(ctx.db, (tx) =>
    writeAudit(tx, project, { action: "demo.fill", objectKind: "project", objectId: project.project.id }),
  );
}

/** False when the installation has been used, or the demo is there or on its way. */
async function demoIsWanted(db: PrismaClient): Promise<boolean> {
  const [projects, erasedByPeople, underWay] = await Promise.all([
    db.project.findMany({ select: { id: true, isDemo: true } }),
    db.auditEvent.count({ where: { action: "project.erase", actorKind: "user" } }),
    db.demoRun.count({ where: { finishedAt: null } }),
  ]);
  const [demo, ...others] = projects;
  if (others.length > 0 || erasedByPeople > 0 || underWay > 0) return false;
  return demo === undefined || (demo.isDemo && !(await isFilled(db, demo.id)));
}

async function makeProject(ctx: InstanceCtx, mintScope: DemoParts["mintScope"]): Promise<Ctx> {
  const created = await createProject(
    ctx,
    { name: DEMO_NAME, time_zone: "UTC", reviews_per_week: REVIEWS_PER_WEEK, expected_per_day: 100 },
    {
      sealSamplingSecret,
      createPlan: (tx, id, input) => createDefaultPlan(tx, id, { ...input, attribute: "channel" }),
    },
    { isDemo: true },
  );
  const project: Ctx = { ...ctx, project: mintScope(created) };
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
      email: `${name.slice(0, 3).toLowerCase()}-${userId.slice(-6)}${SIMULATED_DOMAIN}`,
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
