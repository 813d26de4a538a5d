import type { InstanceCtx } from "@/lib/core/ctx";
import type { Db } from "@/lib/db/client";
import { eraseProject } from "@/lib/project/erase-project";
import { eraseSimulatedPeople } from "./erase-demo";

/** Whether a demo project was filled to its end. */
export async function isFilled(db: Db, projectId: string): Promise<boolean> {
  return (await db.auditEvent.count({ where: { action: "demo.fill", projectId } })) > 0;
}

/** Erases demo projects that were interrupted while they were filled. */
export async function eraseUnfinished(ctx: InstanceCtx): Promise<void> {
  const demos = await ctx.db.project.findMany({
    where: { isDemo: true },
    select: { id: true, slug: true, name: true },
  });
  for (const { id, slug, name } of demos) {
    if (await isFilled(ctx.db, id)) continue;
    await eraseProject(ctx, slug, name);
  }
  await eraseSimulatedPeople(ctx);
}
