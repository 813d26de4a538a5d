import { setImmediate as breathe } from "node:timers/promises";
import type { Reason } from "@/lib/quarantine/reason";
import type { OutputRecord, ReadingFacts } from "./output-record";
import { readOutputRecord } from "./read-record";
import { type BodyForm, type RecordSlice, recordScanner } from "./record-scanner";
import { Refusal } from "./refusal";

export const MAX_RECORDS = 5_000;
/** How long reading may keep everybody else waiting. */
const TURN_MS = 15;

export interface ReadOutput {
  index: number;
  record: OutputRecord;
  raw: Uint8Array;
}

export interface RefusedRecord {
  index: number;
  externalId: string | null;
  reasons: Reason[];
  raw: Uint8Array;
}

export interface ReadRecords {
  outputs: ReadOutput[];
  refused: RefusedRecord[];
  unexpected: Map<string, number>;
}

/** Changes the parsed value of a sender's own form into a record; null leaves the reason to the record reader. */
export type MapValue = (value: unknown) => unknown;

/**
 * Reads the records of a body; other requests get their turn in between.
 * @throws Refusal 400 for a body without records, 413 for too many
 */
export async function readRecords(
  bytes: Buffer,
  form: BodyForm,
  facts: ReadingFacts,
  mapValue?: MapValue,
): Promise<ReadRecords> {
  const next = recordScanner(bytes, form);
  const read: ReadRecords = { outputs: [], refused: [], unexpected: new Map() };
  let turnEnds = performance.now() + TURN_MS;
  let index = 0;
  for (let slice = next(); slice !== null; slice = next()) {
    if (index === MAX_RECORDS) {
      throw new Refusal(413, "too_many_records", `The body has more than ${MAX_RECORDS} records. Send it in parts.`);
    }
    readSlice(read, bytes, slice, index, facts, mapValue);
    index += 1;
    if (performance.now() > turnEnds) {
      await breathe();
      turnEnds = performance.now() + TURN_MS;
    }
  }
  if (index === 0) throw new Refusal(400, "empty_batch", "The body has no records.");
  return read;
}

function readSlice(
  into: ReadRecords,
  bytes: Buffer,
  slice: RecordSlice,
  index: number,
  facts: ReadingFacts,
  mapValue: MapValue | undefined,
): void {
  const raw = bytes.subarray(slice.start, slice.end);
  if (slice.reasons.length > 0) {
    into.refused.push({ index, externalId: null, reasons: slice.reasons, raw });
    return;
  }
  const parsed: unknown = JSON.parse(bytes.toString("utf8", slice.start, slice.end));
  const result = readOutputRecord(mapValue ? mapValue(parsed) : parsed, facts);
  if (!result.ok) {
    into.refused.push({ index, externalId: result.externalId, reasons: result.reasons, raw });
    return;
  }
  into.outputs.push({ index, record: result.record, raw });
  for (const name of result.record.unexpected) into.unexpected.set(name, (into.unexpected.get(name) ?? 0) + 1);
}
