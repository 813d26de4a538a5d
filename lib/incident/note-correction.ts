import type { Tx } from "@/lib/db/client";
import { appendEvent } from "./append-event";
import type { IncidentKind } from "./schema";
import type { SegmentPart } from "./segment-part";

/** Labels that a detector had been fed were corrected and its state was recomputed. */
export interface Correction extends SegmentPart {
  kind: IncidentKind;
  /** The first cohort with a corrected label. */
  fromSequence: number;
  /** How many labels were corrected. */
  labels: number;
  /** The highest evidence from that cohort on, as it is now, against the threshold; natural logarithms. */
  logPeak: number;
  logThreshold: number;
}

/**
 * Says on the timeline of the segment's open incident what the evidence is now. The incident stays open whatever the answer:
 * closing it is a person's decision. Call it in the transaction that recomputes. Returns false when none is open.
 */
export async function noteCorrection(
  tx: Tx,
  { projectId }: { projectId: string },
  correction: Correction,
): Promise<boolean> {
  const { kind, attribute, value, fromSequence, labels, logPeak, logThreshold } = correction;
  const incident = await tx.incident.findFirst({
    where: { projectId, kind, attribute, value, state: { not: "RESOLVED" } },
    select: { id: true },
  });
  if (!incident) return false;
  const details = { from_sequence: fromSequence, labels, log_peak: logPeak, log_threshold: logThreshold };
  await appendEvent(tx, projectId, { incidentId: incident.id, kind: "corrected", details });
  return true;
}
