import type { Tx } from "@/lib/db/client";
import * as z from "zod";
import { type LabelCorrection, recomputeDetectors } from "./recompute-detectors";

const correctedRow = z.object({ sequence: z.number(), segments: z.record(z.string(), z.string()) });

/**
 * Brings the labels of closed cohorts to what reviewers say now, and the detectors that were fed with them. Only a label that was there
 * at closing can be corrected, a label that was taken back becomes unsure; what came later stays out. Call it under `lockMonitors`.
 * Returns the number of labels that changed.
 */
export async function correctLabels(tx: Tx, projectId: string, epochIds: readonly string[]): Promise<number> {
  if (epochIds.length === 0) return 0;
  const rows = await tx.$queryRaw`
    WITH differing AS MATERIALIZED (
      SELECT label.epoch_id, label.output_id, CASE sample.state WHEN 'SETTLED' THEN sample.score END AS score
      FROM cohort_label label JOIN sample USING (project_id, output_id)
      WHERE label.project_id = ${projectId}::uuid AND label.epoch_id = ANY (${[...epochIds]}::uuid[])
        AND (label.score IS NOT NULL OR label.corrected_at IS NOT NULL)
        AND label.score IS DISTINCT FROM CASE sample.state WHEN 'SETTLED' THEN sample.score END
    ), corrected AS (
      UPDATE cohort_label label SET score = differing.score, corrected_at = now() FROM differing
      WHERE label.project_id = ${projectId}::uuid AND label.epoch_id = differing.epoch_id AND label.output_id = differing.output_id
      RETURNING label.epoch_id, label.output_id
    )
    SELECT cohort.sequence, output.segments FROM corrected
    JOIN cohort ON cohort.project_id = ${projectId}::uuid AND cohort.epoch_id = corrected.epoch_id
    JOIN output ON output.project_id = ${projectId}::uuid AND output.id = corrected.output_id
    ORDER BY cohort.sequence, output.external_id COLLATE "C"`;
  const corrections: LabelCorrection[] = z.array(correctedRow).parse(rows);
  await recomputeDetectors(tx, projectId, corrections);
  return corrections.length;
}
