import { type Ctx, mintProjectScope } from "@/lib/core/ctx";
import { newId } from "@/lib/core/id";
import type { ReadingKind } from "@/lib/core/job";
import type { PrismaClient } from "@/lib/db/generated/client";
import { type ReadingOf, storeReading } from "@/lib/db/stored-reading";
import { nonResponse } from "@/lib/estimate/non-response";
import { reviewerMix } from "@/lib/estimate/reviewer-mix";
import { worstSegments } from "@/lib/monitor/worst-segments";
import { reviewerReport } from "@/lib/review/reviewer-report";

const MAKERS: Record<ReadingKind, (ctx: Ctx, days: { from: string; to: string }) => Promise<unknown>> = {
  "worst-segments": worstSegments,
  "reviewer-mix": reviewerMix,
  reviewers: reviewerReport,
  "non-response": nonResponse,
};

/** Makes a kept reading again. A project that was erased in the meantime needs none. */
export async function makeReading(db: PrismaClient, projectId: string, of: ReadingOf): Promise<void> {
  const project = await db.project.findUnique({ where: { id: projectId } });
  if (!project) return;
  const actor = { kind: "system", job: "make-reading" } as const;
  const ctx: Ctx = { db, actor, project: mintProjectScope(project), now: new Date(), requestId: newId() };
  const { kind, ...days } = of;
  await storeReading(ctx, of, await MAKERS[kind](ctx, days));
}
