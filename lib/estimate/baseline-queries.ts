import type { Ctx } from "@/lib/core/ctx";
import { pilotNow } from "./pilot-estimate";
import { type AccuracyEstimate, type Baseline } from "./schema";
import { storedEstimate } from "./stored-estimate";

/** The baselines of a project, the one that counts first. */
export async function listBaselines(ctx: Ctx): Promise<Baseline[]> {
  const rows = await ctx.db.baseline.findMany({
    where: { projectId: ctx.project.id },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: 50,
    include: {
      segments: { where: { attribute: "" }, select: { estimate: true } },
      _count: { select: { segments: { where: { attribute: { not: "" } } } } },
    },
  });
  const people = await ctx.db.user.findMany({
    where: { id: { in: rows.flatMap(({ createdBy }) => (createdBy ? [createdBy] : [])) } },
    select: { id: true, name: true },
  });
  return rows.map((row) => ({
    id: row.id,
    frozen_at: row.createdAt.toISOString(),
    frozen_by: people.find(({ id }) => id === row.createdBy)?.name ?? null,
    note: row.note,
    estimate: storedEstimate(row.segments[0]?.estimate),
    segments: row._count.segments,
  }));
}

/** The pilot as its reviews are now, whatever was frozen; null when nothing was judged. */
export async function currentPilot(ctx: Ctx): Promise<AccuracyEstimate | null> {
  const [overall] = await pilotNow(ctx.db, ctx.project.id, [{ attribute: "", value: "" }]);
  return overall?.estimate ?? null;
}
