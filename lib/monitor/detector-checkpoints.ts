import type { Tx } from "@/lib/db/client";
import { segmentKey } from "@/lib/estimate/read-cells";
import type { Segment } from "@/lib/estimate/schema";
import type { DetectorState } from "@/lib/stats/e-detector";
import * as z from "zod";
import type { Watch } from "./read-watch";

const stateSchema = z.object({
  logSums: z.array(z.number().nullable()),
  cusums: z.array(z.number()),
  starts: z.array(z.number()),
  observations: z.number(),
});

const heldRow = z.object({
  attribute: z.string(),
  value: z.string(),
  sequence: z.number(),
  state: stateSchema,
});

/** Where a detector stood after a cohort. */
export interface HeldDetector {
  sequence: number;
  state: DetectorState;
}

export interface Checkpoint extends Segment {
  sequence: number;
  observations: number;
  state: DetectorState;
  logEvidence: number;
  peak: number;
  alarms: number;
}

/** The last checkpoint of each segment before a cohort, by segment key; none for a segment that is new. */
export async function readCheckpoints(
  tx: Tx,
  { projectId, planId }: Watch,
  asked: readonly (Segment & { before: number })[],
): Promise<Map<string, HeldDetector>> {
  const rows = await tx.$queryRaw`
    SELECT attribute, value, last.sequence, last.state
    FROM jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) AS asked(attribute text, value text, before int)
    CROSS JOIN LATERAL (
      SELECT sequence, state FROM detector_checkpoint held
      WHERE held.project_id = ${projectId}::uuid AND held.plan_id = ${planId}::uuid
        AND held.attribute = asked.attribute AND held.value = asked.value AND held.sequence < asked.before
      ORDER BY sequence DESC LIMIT 1) last`;
  return new Map(
    z
      .array(heldRow)
      .parse(rows)
      .map((row) => [segmentKey(row), { sequence: row.sequence, state: row.state }]),
  );
}

export async function writeCheckpoints(
  tx: Tx,
  { projectId, planId }: Watch,
  checkpoints: readonly Checkpoint[],
): Promise<void> {
  if (checkpoints.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO detector_checkpoint (project_id, plan_id, attribute, value, sequence, observations, state, log_evidence, peak, alarms)
    SELECT ${projectId}::uuid, ${planId}::uuid, attribute, value, sequence, observations, state, "logEvidence", peak, alarms
    FROM jsonb_to_recordset(${JSON.stringify(checkpoints)}::jsonb) AS row(attribute text, value text, sequence int,
      observations int, state jsonb, "logEvidence" float8, peak float8, alarms int)`;
}

/** Forgets what segments were fed from a cohort on. */
export async function deleteCheckpoints(
  tx: Tx,
  { projectId, planId }: Watch,
  segments: readonly (Segment & { from: number })[],
): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM detector_checkpoint held
    USING jsonb_to_recordset(${JSON.stringify(segments)}::jsonb) AS gone(attribute text, value text, "from" int)
    WHERE held.project_id = ${projectId}::uuid AND held.plan_id = ${planId}::uuid
      AND held.attribute = gone.attribute AND held.value = gone.value AND held.sequence >= gone."from"`;
}

const resolvedRow = z.object({ attribute: z.string(), value: z.string(), sequence: z.number() });

/** After which cohorts an incident of the segment was resolved, by segment key: the detector then starts from zero. */
export async function readResolutions(tx: Tx, { projectId }: Watch): Promise<Map<string, number[]>> {
  const rows = await tx.$queryRaw`
    SELECT attribute, value, resolved_sequence AS sequence FROM incident
    WHERE project_id = ${projectId}::uuid AND kind = 'accuracy_drop' AND resolved_sequence IS NOT NULL ORDER BY 3`;
  const resolutions = new Map<string, number[]>();
  for (const { sequence, ...segment } of z.array(resolvedRow).parse(rows)) {
    const key = segmentKey(segment);
    resolutions.set(key, [...(resolutions.get(key) ?? []), sequence]);
  }
  return resolutions;
}
