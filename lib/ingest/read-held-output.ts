import { isUtf8 } from "node:buffer";
import type { HeldRow } from "./held-records";
import { mapRecord } from "./map-record";
import type { OutputRecord } from "./output-record";
import { readOutputRecord } from "./read-record";
import { readSlice } from "./record-scanner";
import { mappingSchema } from "./schema";

/** Fields of the envelope that a look at the output can do without. */
const DISPENSABLE = new Set(["model", "segments", "confidence", "cluster", "phase", "inclusion_probability"]);

/**
 * A held record as an output that people can judge: what is needed is an input and an output in text that can be kept. An id or time
 * that cannot be used is replaced, other fields that cannot be read are left out. Null when nobody can judge it.
 */
export function readHeldOutput(row: HeldRow): OutputRecord | null {
  // Of a huge record only the beginning is kept.
  if (row.kind !== "output" || row.raw.length !== row.rawLength) return null;
  const { reasons, value } = readSlice(row.raw, 0, row.raw.length, isUtf8(row.raw));
  if (reasons.length > 0) return null;
  const sent = row.mapping === null ? value : mapRecord(mappingSchema.parse(row.mapping), value);
  const facts = { nowMs: row.receivedAt.getTime(), recordedHistory: row.recordedHistory };
  const read = readOutputRecord(sent, facts);
  if (read.ok) return read.record;
  const broken = new Set(read.reasons.map(({ path }) => path.split("/")[1] ?? ""));
  // Recorded history without a time belongs to no day.
  if (broken.has("occurred_at") && row.recordedHistory) return null;
  const mended: Record<string, unknown> = { ...(sent as Record<string, unknown>) };
  for (const field of broken) {
    if (field === "id") mended.id = row.id;
    else if (field === "occurred_at") mended.occurred_at = row.receivedAt.toISOString();
    else if (DISPENSABLE.has(field)) delete mended[field];
    else return null;
  }
  const again = readOutputRecord(mended, facts);
  return again.ok ? again.record : null;
}
