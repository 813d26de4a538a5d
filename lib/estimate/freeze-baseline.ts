import type { Ctx } from "@/lib/core/ctx";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/id";
import { writeAudit } from "@/lib/db/audit";
import { enqueueJob } from "@/lib/db/enqueue-job";
import { inTransaction } from "@/lib/db/transaction";
import { pilotNow } from "./pilot-estimate";
import { readBusiest } from "./read-cells";
import { refreshEstimate } from "./refresh-estimate";
import type { Baseline } from "./schema";

const MOST_SEGMENTS = 500;

/**
 * Freezes the pilot's accuracy, overall and per segment value, as the baseline that charts compare with from now on. Earlier
 * baselines stay; the newest counts. @throws AppError CONFLICT when nothing of the pilot has been judged
 */
export async function freezeBaseline(ctx: Ctx, input: { note?: string | undefined }): Promise<Baseline> {
  const projectId = ctx.project.id;
  return inTransaction(
    ctx.db,
    async (tx) => {
      await refreshEstimate(tx, projectId);
      const busiest = await readBusiest(tx, projectId, { phase: "PILOT", period: "month" });
      const overall = { attribute: "", value: "" };
      const named = busiest.filter(({ attribute }) => attribute !== "").slice(0, MOST_SEGMENTS);
      const segments = await pilotNow(tx, projectId, [overall, ...named]);
      const whole = segments.find(({ attribute }) => attribute === "");
      if (!whole) {
        const sentence = "Nothing of the pilot has been judged yet, so there is no accuracy to freeze.";
        throw new AppError("CONFLICT", sentence, { reason: "no_pilot_reviews" });
      }
      const note = input.note ? input.note : null;
      const createdBy = ctx.actor.kind === "user" ? ctx.actor.userId : null;
      const baseline = await tx.baseline.create({ data: { projectId, id: newId(), createdBy, note } });
      await tx.baselineSegment.createMany({
        data: segments.map((segment) => ({ projectId, baselineId: baseline.id, ...segment })),
      });
      await enqueueJob(tx, "freeze-inputs", { projectId }, { key: `freeze-inputs:${projectId}` });
      await writeAudit(tx, ctx, {
        action: "baseline.freeze",
        objectKind: "baseline",
        objectId: baseline.id,
        details: { accuracy: whole.estimate.mean, reviews: whole.estimate.n, segments: segments.length - 1 },
      });
      return {
        id: baseline.id,
        frozen_at: baseline.createdAt.toISOString(),
        frozen_by: ctx.actor.kind === "user" ? ctx.actor.name : null,
        note,
        estimate: whole.estimate,
        segments: segments.length - 1,
      };
    },
    60_000,
  );
}
