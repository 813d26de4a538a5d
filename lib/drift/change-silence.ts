import type { Ctx } from "@/lib/core/ctx";
import { writeAudit } from "@/lib/db/audit";
import { inTransaction } from "@/lib/db/transaction";
import type { SilenceSetting } from "./silence-schema";

export async function readSilenceSetting(ctx: Pick<Ctx, "db" | "project">): Promise<SilenceSetting> {
  const watch = await ctx.db.silenceWatch.findUnique({ where: { projectId: ctx.project.id } });
  return { hours: watch?.hours ?? null };
}

/** After how long without a record the project is told. A silence that is open stays until a record comes or nobody asks any more. */
export async function changeSilence(ctx: Ctx, { hours }: SilenceSetting): Promise<SilenceSetting> {
  const projectId = ctx.project.id;
  await inTransaction(ctx.db, async (tx) => {
    const updatedBy = ctx.actor.kind === "user" ? ctx.actor.userId : null;
    const change = { updatedBy, updatedAt: ctx.now };
    if (hours === null) {
      await tx.silenceWatch.deleteMany({ where: { projectId } });
      await tx.silence.updateMany({
        where: { projectId, endedAt: null },
        data: { endedAt: ctx.now, givenUp: true },
      });
    } else {
      await tx.silenceWatch.upsert({
        where: { projectId },
        create: { projectId, hours, ...change },
        update: { hours, ...change },
      });
    }
    await writeAudit(tx, ctx, {
      action: "silence.change",
      objectKind: "project",
      objectId: projectId,
      details: { hours },
    });
  });
  return { hours };
}
