import type { Db } from "@/lib/db/client";
import * as z from "zod";
import { answerSchema, fieldResultSchema } from "./schema";
import { storedRemark } from "./wire-schema";

const opinionRow = z.object({
  answer: answerSchema,
  fieldResults: z.array(fieldResultSchema),
  verdict: z.enum(["CORRECT", "INCORRECT"]),
  overruleReason: z.string().nullable(),
  comment: z.string().nullable(),
  ...storedRemark,
});
export type StatedOpinion = z.output<typeof opinionRow>;

/**
 * What the two people said between whom a slot is to decide, without their names and in an order that tells nothing about who was
 * first. One alone, or none, when somebody has taken their answer back since.
 */
export async function readOpinions(
  db: Db,
  slot: { projectId: string; slotId: string },
): Promise<StatedOpinion[]> {
  const rows = await db.$queryRaw`
    SELECT review.answer, review.field_results AS "fieldResults", review.verdict::text, review.overrule_reason AS "overruleReason",
      review.comment, review.error_tags, review.severity, review.correction
    FROM review_slot slot
    JOIN review ON review.project_id = slot.project_id AND review.output_id = slot.output_id AND review.occasion = slot.occasion
    JOIN review_slot earlier ON earlier.project_id = review.project_id AND earlier.id = review.slot_id AND earlier.look < slot.look
    WHERE slot.project_id = ${slot.projectId}::uuid AND slot.id = ${slot.slotId}::uuid
      AND review."primary" AND review.outcome = 'ANSWERED'
      AND review.revision = (
        SELECT max(later.revision) FROM review later
        WHERE later.project_id = review.project_id AND later.output_id = review.output_id
          AND later.occasion = review.occasion AND later.reviewer_id = review.reviewer_id)
    ORDER BY md5(slot.id::text || review.id::text)`;
  return z.array(opinionRow).parse(rows);
}
