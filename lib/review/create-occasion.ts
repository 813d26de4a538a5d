import type { Tx } from "@/lib/db/client";
import type { LookedAt } from "./lock-sample";
import type { Answer } from "./schema";

/** A re-serving of an output; what is left out is the output's own. */
export interface NewOccasion {
  outputId: string;
  kind: "GOLD" | "REPEAT" | "DIAGNOSTIC";
  /** Shown instead of the output. */
  shownOutput?: unknown;
  truth?: Answer;
  expectedVerdict?: "CORRECT" | "INCORRECT";
  seededField?: string;
  note?: string;
  createdBy: string | null;
}

/** Makes those who add occasions to one output follow each other. */
export async function lockOccasions(tx: Tx, projectId: string, outputId: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`occasion:${projectId}:${outputId}`}, 0))`;
}

/** Adds the next occasion of an output, in the caller's transaction; of two who add one to the same output, the second waits. */
export async function createOccasion(tx: Tx, projectId: string, occasion: NewOccasion): Promise<LookedAt> {
  await lockOccasions(tx, projectId, occasion.outputId);
  const json = (value: unknown) => (value === undefined ? null : JSON.stringify(value));
  const rows = await tx.$queryRaw<LookedAt[]>`
    INSERT INTO review_occasion (project_id, output_id, occasion, kind, shown_output, truth, expected_verdict, seeded_field,
      note, created_by)
    SELECT output.project_id, output.id,
      1 + coalesce((SELECT max(known.occasion) FROM review_occasion known
                    WHERE known.project_id = output.project_id AND known.output_id = output.id), 0),
      ${occasion.kind}::occasion_kind, ${json(occasion.shownOutput)}::jsonb, ${json(occasion.truth)}::jsonb,
      ${occasion.expectedVerdict ?? null}::verdict, ${occasion.seededField ?? null}, ${occasion.note ?? null},
      ${occasion.createdBy}::uuid
    FROM output WHERE output.project_id = ${projectId}::uuid AND output.id = ${occasion.outputId}::uuid
    RETURNING output_id AS "outputId", occasion`;
  const created = rows[0];
  if (!created) throw new Error(`output ${occasion.outputId} is not in this project`);
  return created;
}
