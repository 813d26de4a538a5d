import type { Ctx } from "@/lib/core/ctx";
import { inTransaction } from "@/lib/db/transaction";
import { INPUT_FINDING_CODES } from "./input-finding-schema";
import { keepFindings } from "./keep-findings";
import { readLabelDelay } from "./read-label-delay";
import { readSegmentSpread } from "./read-segment-spread";
import { readVolume } from "./read-volume";

/**
 * Looks, once an hour, how much comes in, whether labels come, and what segments hold; notes what is new and ends what is over. A function
 * of what is stored: several may look at once, and whatever dies, the next look does it.
 */
export async function watchInputs(
  ctx: Pick<Ctx, "db" | "project" | "now">,
): Promise<{ noticed: number; ended: number }> {
  const [volume, labels, segments, silent] = await Promise.all([
    readVolume(ctx),
    readLabelDelay(ctx),
    readSegmentSpread(ctx),
    ctx.db.silence.count({ where: { projectId: ctx.project.id, sourceId: null, endedAt: null } }),
  ]);
  // That nothing comes at all is said already.
  const found = [...(silent > 0 ? [] : volume), ...labels, ...segments];
  return inTransaction(ctx.db, (tx) =>
    keepFindings(tx, ctx.project.id, { looked: INPUT_FINDING_CODES, found, now: ctx.now }),
  );
}
