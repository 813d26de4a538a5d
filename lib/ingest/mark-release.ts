import * as z from "zod";
import type { Ctx } from "@/lib/core/ctx";
import { AppError } from "@/lib/core/errors";
import { writeAudit } from "@/lib/db/audit";
import { inTransaction } from "@/lib/db/transaction";
import { type RecordedRelease, recordRelease } from "./record-release";
import type { MarkReleaseInput } from "./release-schema";

const startRow = z.tuple([z.object({ start: z.date() })]);

/**
 * Notes by hand that a model version went live on a day of the project's zone: at its first moment, which is not midnight where the
 * clock is put forward then. Marking the same again leaves one marker.
 */
export async function markRelease(
  ctx: Ctx,
  { model_name, model_version, day, note }: MarkReleaseInput,
): Promise<RecordedRelease> {
  const [{ start }] = startRow.parse(
    await ctx.db.$queryRaw`SELECT ${day}::date::timestamp AT TIME ZONE ${ctx.project.timeZone} AS start`,
  );
  const model = { name: model_name, version: model_version };
  return recordRelease(ctx, { model, released_at: start.toISOString(), ...(note ? { note } : {}) });
}

/** Takes a marker away that somebody told of. Twice is NOT_FOUND; what was seen of the version is shown again. */
export async function removeRelease(ctx: Ctx, id: string): Promise<void> {
  const projectId = ctx.project.id;
  await inTransaction(ctx.db, async (tx) => {
    const [gone] = await tx.release.findMany({ where: { projectId, id, origin: "TOLD" } });
    const { count } = await tx.release.deleteMany({ where: { projectId, id, origin: "TOLD" } });
    if (!gone || count === 0) throw new AppError("NOT_FOUND", "There is no such release.");
    await writeAudit(tx, ctx, {
      action: "release.remove",
      objectKind: "release",
      objectId: id,
      details: {
        model: gone.modelName,
        version: gone.modelVersion,
        released_at: gone.liveAt.toISOString(),
        note: gone.note,
      },
    });
  });
}
