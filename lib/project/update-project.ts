import type { Ctx } from "@/lib/core/ctx";
import { writeAudit } from "@/lib/db/audit";
import { inTransaction } from "@/lib/db/transaction";
import type { ProjectFacts } from "./access";
import type { UpdateProjectInput } from "./schema";

/** Changes the project's own settings; those not named stay. */
export async function updateProject(ctx: Ctx, input: UpdateProjectInput): Promise<ProjectFacts> {
  return inTransaction(ctx.db, async (tx) => {
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
    return project;
  });
}
