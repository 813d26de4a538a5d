import * as z from "zod";
import type { Ctx } from "@/lib/core/ctx";
import { newId } from "@/lib/core/id";
import { writeAudit } from "@/lib/db/audit";
import { inTransaction } from "@/lib/db/transaction";

const storable = (text: string) => !/[\0\p{Surrogate}]/u.test(text);
const shortText = z.string().min(1).max(200).refine(storable, "This text cannot be stored.");

export const releaseSchema = z.strictObject({
  model: z.strictObject({ name: shortText, version: shortText }),
  /** Now, unless said otherwise. */
  released_at: z.iso.datetime({ offset: true }).optional(),
  note: z.string().max(500).refine(storable, "This text cannot be stored.").optional(),
});
export type ReleaseInput = z.output<typeof releaseSchema>;

export interface RecordedRelease {
  id: string;
  releasedAt: Date;
  /** False when the same release was told before. */
  isNew: boolean;
}

/** Notes that a model version became live, as a marker on charts. Telling it twice leaves one marker. */
export async function recordRelease(
  ctx: Ctx,
  { model, released_at, note }: ReleaseInput,
): Promise<RecordedRelease> {
  const projectId = ctx.project.id;
  const liveAt = released_at === undefined ? ctx.now : new Date(released_at);
  return inTransaction(ctx.db, async (tx) => {
    const id = newId();
    const key = { projectId, modelName: model.name, modelVersion: model.version, liveAt };
    const { count } = await tx.release.createMany({
      data: { ...key, id, note: note ?? null },
      skipDuplicates: true,
    });
    if (count === 0) {
      const known = await tx.release.findUniqueOrThrow({
        where: { projectId_modelName_modelVersion_liveAt: key },
        select: { id: true },
      });
      return { id: known.id, releasedAt: liveAt, isNew: false };
    }
    await writeAudit(tx, ctx, {
      action: "release.record",
      objectKind: "release",
      objectId: id,
      details: { model: model.name, version: model.version, released_at: liveAt.toISOString() },
    });
    return { id, releasedAt: liveAt, isNew: true };
  });
}
