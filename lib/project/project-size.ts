import type { Ctx } from "@/lib/core/ctx";

export interface ProjectSize {
  hasOutputs: boolean;
  members: number;
  /** Keys that are neither revoked nor expired. */
  keys: number;
  /** The newest sampling plan. */
  plan: { reviewsPerWeek: number; attribute: string | null } | null;
}

/** The few facts beside a project's settings; whether there are outputs, not how many: that would count for seconds. */
export async function projectSize(ctx: Ctx): Promise<ProjectSize> {
  const projectId = ctx.project.id;
  const [output, members, keys, plan] = await Promise.all([
    ctx.db.output.findFirst({ where: { projectId }, select: { id: true } }),
    ctx.db.membership.count({ where: { projectId } }),
    ctx.db.apiKey.count({
      where: { projectId, revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: ctx.now } }] },
    }),
    ctx.db.samplingPlan.findFirst({
      where: { projectId },
      orderBy: { version: "desc" },
      select: { reviewsPerWeek: true, attribute: true },
    }),
  ]);
  return { hasOutputs: output !== null, members, keys, plan };
}
