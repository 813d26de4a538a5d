import { setImmediate as breathe } from "node:timers/promises";
import type { Reason } from "@/lib/quarantine/reason";
import { type BodyForm, recordScanner } from "./record-scanner";
import { Refusal } from "./refusal";

export const MAX_RECORDS = 5_000;
/** How long reading may keep everybody else waiting. */
const TURN_MS = 15;

export interface ReadItem<T> {
  /** Place in the request. */
  index: number;
  record: T;
  raw: Uint8Array;
}

export interface RefusedRecord {
  index: number;
  externalId: string | null;
  reasons: Reason[];
  raw: Uint8Array;
  /** Of the contract that holds it back. */
  contractVersion?: number;
}

export interface ReadRecords<T> {
  records: ReadItem<T>[];
  refused: RefusedRecord[];
  /** Top-level fields that are not ours, and in how many records. */
  unexpected: Map<string, number>;
}

/** What reading one parsed value gives; all reasons are collected. */
export type ReadValue<T> =
  | { ok: true; record: T }
  | { ok: false; externalId: string | null; reasons: Reason[] };

/**
 * Reads the records of a body; other requests get their turn in between.
 * @throws Refusal 400 for a body without records, 413 for too many
 */
export async function readRecords<T extends { unexpected: readonly string[] }>(
  bytes: Buffer,
  form: BodyForm,
  readValue: (value: unknown) => ReadValue<T>,
): Promise<ReadRecords<T>> {
  const next = recordScanner(bytes, form);
  const read: ReadRecords<T> = { records: [], refused: [], unexpected: new Map() };
  let turnEnds = performance.now() + TURN_MS;
  let index = 0;
  for (let slice = next(); slice !== null; slice = next()) {
    if (index === MAX_RECORDS) {
      const sentence = `The body has more than ${MAX_RECORDS} records. Send it in parts.`;
      throw new Refusal(413, "too_many_records", sentence);
    }
    const { start, end, reasons, value } = slice;
    const result = reasons.length > 0 ? { ok: false as const, externalId: null, reasons } : readValue(value);
    if (result.ok) {
      read.records.push(readItem(bytes, index, start, end, result.record));
      for (const name of result.record.unexpected)
        read.unexpected.set(name, (read.unexpected.get(name) ?? 0) + 1);
    } else {
      const { externalId } = result;
      read.refused.push({ index, externalId, reasons: result.reasons, raw: bytes.subarray(start, end) });
    }
    index += 1;
    if (performance.now() > turnEnds) {
      await breathe();
      turnEnds = performance.now() + TURN_MS;
    }
  }
  if (index === 0) throw new Refusal(400, "empty_batch", "The body has no records.");
  return read;
}

function readItem<T>(bytes: Buffer, index: number, start: number, end: number, record: T): ReadItem<T> {
  return {
    index,
    record,
    // Only conflicts look at it, and a view is as dear as the rest of the item.
    get raw() {
      return bytes.subarray(start, end);
    },
  };
}
