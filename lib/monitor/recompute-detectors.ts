import type { Tx } from "@/lib/db/client";
import { segmentKey } from "@/lib/estimate/read-cells";
import type { Segment } from "@/lib/estimate/schema";
import { noteCorrection } from "@/lib/incident/note-correction";
import * as z from "zod";
import { type Checkpoint, deleteCheckpoints } from "./detector-checkpoints";
import { feedCohorts } from "./feed-cohorts";
import { readWatch, type Watch } from "./read-watch";

export interface LabelCorrection {
  sequence: number;
  /** Attributes of the output whose label changed. */
  segments: Readonly<Record<string, string>>;
}

interface Affected extends Segment {
  /** The first cohort with a corrected label. */
  from: number;
  labels: number;
}

/**
 * After labels of fed cohorts changed: the detectors of the segments that they lie in are computed again from the last checkpoint before
 * them. Incidents that are open stay open; their timeline says what the evidence is now. Alarms that are new open incidents like others.
 */
export async function recomputeDetectors(
  tx: Tx,
  projectId: string,
  corrections: readonly LabelCorrection[],
): Promise<void> {
  if (corrections.length === 0) return;
  const watch = await readWatch(tx, projectId);
  const affected = watch ? affectedSegments(watch, corrections) : [];
  if (!watch || affected.length === 0) return;
  await deleteCheckpoints(tx, watch, affected);
  const open = await readOpen(tx, projectId);
  const { checkpoints } = await feedCohorts(tx, watch, {
    from: Math.min(...affected.map(({ from }) => from)),
    to: watch.fedSequence,
    only: new Map(affected.map((each) => [segmentKey(each), each.from])),
  });
  for (const segment of affected) {
    // Later evidence than that of the last alarm is not what the incident stands on.
    if (segment.from <= (open.get(segmentKey(segment)) ?? 0)) await note(tx, watch, segment, checkpoints);
  }
}

function affectedSegments(watch: Watch, corrections: readonly LabelCorrection[]): Affected[] {
  const affected = new Map<string, Affected>();
  for (const { sequence, segments } of corrections) {
    // What is not fed yet will be fed as it is now, and what only an earlier version has seen stays as it was there.
    if (sequence > watch.fedSequence || sequence < watch.firstSequence) continue;
    for (const { attribute, value } of watch.segmentsOf(segments)) {
      const key = segmentKey({ attribute, value });
      const known = affected.get(key);
      const from = Math.min(sequence, known?.from ?? sequence);
      affected.set(key, { attribute, value, from, labels: (known?.labels ?? 0) + 1 });
    }
  }
  return [...affected.values()];
}

const openRow = z.object({ attribute: z.string(), value: z.string(), lastSequence: z.number() });

/** Newest cohort in which each open incident's threshold was reached, by segment key. */
async function readOpen(tx: Tx, projectId: string): Promise<Map<string, number>> {
  const rows = await tx.$queryRaw`
    SELECT attribute, value, last_sequence AS "lastSequence" FROM incident
    WHERE project_id = ${projectId}::uuid AND kind = 'accuracy_drop' AND state <> 'RESOLVED' AND last_sequence IS NOT NULL`;
  return new Map(
    z
      .array(openRow)
      .parse(rows)
      .map((row) => [segmentKey(row), row.lastSequence]),
  );
}

async function note(
  tx: Tx,
  watch: Watch,
  { attribute, value, from, labels }: Affected,
  checkpoints: readonly Checkpoint[],
): Promise<void> {
  const peaks = checkpoints
    .filter((each) => each.attribute === attribute && each.value === value)
    .map(({ peak }) => peak);
  await noteCorrection(
    tx,
    { projectId: watch.projectId },
    {
      kind: "accuracy_drop",
      attribute,
      value,
      fromSequence: from,
      labels,
      // Nothing left to feed is no evidence.
      logPeak: Math.max(0, ...peaks),
      logThreshold: watch.logThreshold,
    },
  );
}
