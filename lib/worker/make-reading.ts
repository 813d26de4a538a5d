import { readLabelledHistory } from "@/lib/backtest/labelled-outputs";
import { type Ctx, mintProjectScope } from "@/lib/core/ctx";
import { newId } from "@/lib/core/id";
import type { ReadingKind } from "@/lib/core/job";
import type { PrismaClient } from "@/lib/db/generated/client";
import { type ReadingOf, storeReading } from "@/lib/db/stored-reading";
import { compareVersions } from "@/lib/estimate/compare-versions";
import { nonResponse } from "@/lib/estimate/non-response";
import { agreementIn } from "@/lib/review/recent-agreement";
import { reviewerMix } from "@/lib/estimate/reviewer-mix";
import { worstSegments } from "@/lib/monitor/worst-segments";
import { anchoring } from "@/lib/review/anchoring";
import { peopleWork } from "@/lib/review/people-work";
import { knownReviewer, measureReviewer } from "@/lib/review/reviewer-detail";
import { reviewerReport } from "@/lib/review/reviewer-report";

type Asked = Omit<ReadingOf, "kind">;

/** Null: what it is about is no longer there. */
const MAKERS: Record<ReadingKind, (ctx: Ctx, asked: Asked) => Promise<unknown>> = {
  "worst-segments": worstSegments,
  "reviewer-mix": reviewerMix,
  reviewers: reviewerReport,
  reviewer: reviewerReading,
  "people-work": peopleWork,
  "non-response": nonResponse,
  versions: versionsReading,
  "labelled-history": readLabelledHistory,
  anchoring: armsReading,
  agreement: agreementIn,
};

async function reviewerReading(ctx: Ctx, { from, to, about }: Asked) {
  const person = about?.[0] === undefined ? null : await knownReviewer(ctx, about[0]);
  return person && (await measureReviewer(ctx, { from, to }, person));
}

async function armsReading(ctx: Ctx) {
  const found = await anchoring(ctx);
  if (!found) return null;
  const { since: _since, ...arms } = found;
  return arms;
}

async function versionsReading(ctx: Ctx, { from, to, about }: Asked) {
  const [earlier, later, attribute] = about ?? [];
  if (earlier === undefined || later === undefined) return null;
  return await compareVersions(ctx, { earlier, later, attribute, from, to });
}

/** Makes a kept reading again. A project that was erased in the meantime needs none. */
export async function makeReading(db: PrismaClient, projectId: string, of: ReadingOf): Promise<void> {
  const project = await db.project.findUnique({ where: { id: projectId } });
  if (!project) return;
  const actor = { kind: "system", job: "make-reading" } as const;
  const ctx: Ctx = { db, actor, project: mintProjectScope(project), now: new Date(), requestId: newId() };
  const { kind, ...asked } = of;
  const value = await MAKERS[kind](ctx, asked);
  if (value !== null) await storeReading(ctx, of, value);
}
