import type { Ctx } from "@/lib/core/ctx";
import { AppError } from "@/lib/core/errors";
import { inTransaction } from "@/lib/db/transaction";
import { LEASE_SECONDS } from "./claim-slot";
import { extendLeases, withdrawnSlots } from "./extend-lease";
import { judgeAnswer } from "./judge-answer";
import { loadItem, type Revealed } from "./leased-item";
import { reviewerId } from "./reviewer";

export interface RevealInput {
  slotId: string;
  leaseToken: string;
  answerSchemaId: string;
  answer: Record<string, unknown>;
}

/**
 * Stores the answer that this person gives without knowing the output, and only then shows the output with the computed result.
 * The first answer stands: whoever asks again gets it back, whatever they send. Without the lease nothing is shown.
 */
export async function revealOutput(
  ctx: Ctx,
  input: RevealInput,
): Promise<Revealed & { secondsLeft: number }> {
  return await inTransaction(ctx.db, async (tx) => {
    const [lease] = await extendLeases({ ...ctx, db: tx }, [{ ...input, leaseSeconds: LEASE_SECONDS }]);
    if (!lease || lease.secondsLeft === null) {
      if ((await withdrawnSlots({ ...ctx, db: tx }, [input.slotId])).size > 0)
        throw new AppError("GONE", "This item was withdrawn and needs no review any more.", {
          reason: "item_gone",
        });
      throw new AppError("CONFLICT", "Somebody else has taken over this item in the meantime.", {
        reason: "lease_lost",
      });
    }
    const slot = { projectId: ctx.project.id, slotId: input.slotId };
    const known = await loadItem(ctx, input, tx);
    if (!known?.revealed) {
      const { answer, answerSchemaId, comparison } = await judgeAnswer(tx, slot, {
        ...input,
        late: "not yet",
      });
      await tx.$executeRaw`
        INSERT INTO review_reveal (project_id, output_id, occasion, reviewer_id, slot_id, answer_schema_id, answer,
                                   field_results, computed_score, computed_verdict)
        SELECT slot.project_id, slot.output_id, slot.occasion, ${reviewerId(ctx)}::uuid, slot.id, ${answerSchemaId}::uuid,
               ${JSON.stringify(answer)}::jsonb, ${JSON.stringify(comparison.fieldResults)}::jsonb,
               ${comparison.score}, ${comparison.verdict}::verdict
        FROM review_slot slot WHERE slot.project_id = ${slot.projectId}::uuid AND slot.id = ${slot.slotId}::uuid
        ON CONFLICT (project_id, output_id, occasion, reviewer_id) DO NOTHING`;
    }
    const item = known?.revealed ? known : await loadItem(ctx, input, tx);
    if (!item?.revealed)
      throw new AppError("CONFLICT", "This item was withdrawn in the meantime.", { reason: "lease_lost" });
    return { ...item.revealed, secondsLeft: lease.secondsLeft };
  });
}
