import type { Ctx } from "@/lib/core/ctx";
import { AppError } from "@/lib/core/errors";
import { writeAudit } from "@/lib/db/audit";
import type { Tx } from "@/lib/db/client";
import { enqueueJob } from "@/lib/db/enqueue-job";
import { inTransaction } from "@/lib/db/transaction";
import type { ProjectFacts } from "./access";
import type { UpdateProjectInput } from "./schema";

/**
 * Changes the project's own settings; those not named stay. When truths begin or cease to count, a job settles their samples anew.
 * @throws AppError CONFLICT for the zone once outputs are in
 */
export async function updateProject(ctx: Ctx, input: UpdateProjectInput): Promise<ProjectFacts> {
  return inTransaction(ctx.db, async (tx) => {
    if (input.time_zone !== undefined && input.time_zone !== ctx.project.timeZone)
      await requireNoOutputs(tx, ctx);
    const before = await tx.project.findUniqueOrThrow({ where: { id: ctx.project.id } });
    const project = await tx.project.update({
      where: { id: ctx.project.id },
      data: {
        ...(input.name === undefined ? {} : { name: input.name }),
        ...(input.time_zone === undefined ? {} : { timeZone: input.time_zone }),
        ...(input.truth_coverage === undefined ? {} : { truthCoverage: input.truth_coverage }),
        ...(input.reviewers_see_charts === undefined
          ? {}
          : { reviewersSeeCharts: input.reviewers_see_charts }),
        ...(input.viewers_see_payloads === undefined
          ? {}
          : { viewersSeePayloads: input.viewers_see_payloads }),
      },
    });
    await writeAudit(tx, ctx, {
      action: "project.update",
      objectKind: "project",
      objectId: project.id,
      details: { ...input },
    });
    if (project.truthCoverage !== before.truthCoverage) {
      const projectId = project.id;
      await enqueueJob(
        tx,
        "settle-truth-again",
        { projectId },
        { key: `settle-again:${projectId}`, delaySeconds: 1 },
      );
    }
    return project;
  });
}

/** Each output's calendar day was fixed when it came in: a second zone would mix two kinds of days. */
async function requireNoOutputs(tx: Tx, ctx: Ctx): Promise<void> {
  const first = await tx.output.findFirst({ where: { projectId: ctx.project.id }, select: { id: true } });
  if (!first) return;
  const sentence =
    "The time zone is fixed since the first output came in: its days were counted in that zone.";
  throw new AppError("CONFLICT", sentence, { reason: "zone_fixed", fields: { time_zone: sentence } });
}
