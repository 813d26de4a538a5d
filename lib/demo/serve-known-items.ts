import type { Ctx } from "@/lib/core/ctx";
import { newId } from "@/lib/core/id";
import { inTransaction } from "@/lib/db/transaction";
import { createOccasion } from "@/lib/review/create-occasion";
import { DOCUMENT_KINDS } from "./demo-stream";

/** Enough for a range that says something. */
const KNOWN_PER_PERSON = 30;

interface Output {
  id: string;
  reference: string;
  kind: string;
}

/**
 * Puts items with a known answer at the head of somebody's queue, every other one with an error: outputs that they have not met. Returns
 * how many; whoever judges next gets them.
 */
export async function serveKnownItems(
  { db, project }: Ctx,
  reviewerId: string,
  truths: ReadonlyMap<string, string>,
): Promise<number> {
  const outputs = await db.$queryRaw<Output[]>`
    SELECT output.id, output.external_id AS reference, output.output ->> 'label' AS kind
    FROM sample JOIN output ON output.project_id = sample.project_id AND output.id = sample.output_id
    WHERE sample.project_id = ${project.id}::uuid AND sample.state = 'SETTLED' AND sample.verdict = 'CORRECT'
      AND NOT EXISTS (SELECT 1 FROM review_occasion known
        WHERE known.project_id = sample.project_id AND known.output_id = sample.output_id)
      AND NOT EXISTS (SELECT 1 FROM review WHERE review.project_id = sample.project_id
        AND review.output_id = sample.output_id AND review.reviewer_id = ${reviewerId}::uuid)
    ORDER BY sample.random_number LIMIT ${KNOWN_PER_PERSON}`;
  for (const [at, { id: outputId, reference, kind }] of outputs.entries()) {
    const truth = { label: truths.get(reference) ?? kind };
    const wrong = DOCUMENT_KINDS.find((each) => each !== truth.label);
    const made = await inTransaction(db, (tx) =>
      createOccasion(tx, project.id, {
        outputId,
        kind: "GOLD",
        truth,
        createdBy: null,
        ...(at % 2 === 0
          ? { expectedVerdict: "INCORRECT", shownOutput: { label: wrong }, seededField: "label" }
          : { expectedVerdict: "CORRECT", shownOutput: truth }),
      }),
    );
    const place = { projectId: project.id, id: newId(), look: 1, orderKey: -1, assigneeId: reviewerId };
    await db.reviewSlot.create({ data: { ...made, ...place } });
  }
  return outputs.length;
}
