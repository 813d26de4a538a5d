import { isUtf8 } from "node:buffer";
import type { Reason } from "@/lib/quarantine/reason";
import { closerLook } from "./closer-look";
import * as scan from "./value-scan";

export const MAX_RECORD_BYTES = 1024 * 1024;

/** One record of the body: its value, or why it cannot be taken. */
export interface RecordSlice {
  start: number;
  end: number;
  /** None: the value reads back equal from any database. */
  reasons: Reason[];
  value: unknown;
}

export type BodyForm = "json" | "ndjson";

const COLON = 0x3a;
const QUOTE = 0x22;
const NEWLINE = 0x0a;
/** A body that begins with one of these is a record, even if it has a member named batch. */
const OWN_NAMES = new Set(["id", "occurred_at", "input", "output"]);

/**
 * The records of a body, one per call, null at the end: lines of NDJSON, items of an array or of `{"batch": […]}`, or the one
 * value. A broken record is returned with its reasons and the next one is looked for; what lies outside of the grammar is a
 * record of its own, so that no byte is dropped.
 */
export function recordScanner(bytes: Buffer, form: BodyForm): () => RecordSlice | null {
  const valid = isUtf8(bytes);
  const read: ReadSlice = (start, end, scanned) => readSlice(bytes, start, end, valid, scanned);
  if (form === "ndjson") return lineScanner(bytes, read);
  const first = scan.skipSpace(bytes, 0, bytes.length);
  if (bytes[first] === scan.OPEN_ARRAY) return itemScanner(bytes, first + 1, false, read);
  const batch = bytes[first] === scan.OPEN_OBJECT ? batchStart(bytes, first + 1) : -1;
  if (batch >= 0) return itemScanner(bytes, batch, true, read);
  const only = first < bytes.length ? read(first, bytes.length) : null;
  let done = false;
  return () => {
    const slice = done ? null : only;
    done = true;
    return slice;
  };
}

type ReadSlice = (start: number, end: number, scanned?: scan.ScannedValue) => RecordSlice;

/** The value between `start` and `end`, white space aside: parsed once, and looked at closely when something may be wrong. */
export function readSlice(
  bytes: Buffer,
  start: number,
  limit: number,
  bodyIsUtf8: boolean,
  known?: scan.ScannedValue,
): RecordSlice {
  const end = scan.trimmedEnd(bytes, start, limit);
  if (end - start > MAX_RECORD_BYTES) {
    const expected = `at most ${MAX_RECORD_BYTES} bytes`;
    return refused(start, end, [{ code: "RECORD_TOO_LARGE", path: "", observed: end - start, expected }]);
  }
  const text = bytes.toString("utf8", start, end);
  if (!bodyIsUtf8 && !isUtf8(bytes.subarray(start, end))) {
    const read = Buffer.from(text, "utf8");
    const offset = bytes.subarray(start, end).findIndex((byte, at) => byte !== read[at]);
    return refused(start, end, [{ code: "PARSE_INVALID_UTF8", path: "", offset }]);
  }
  const { colons, odd } = known ?? scan.scanValue(bytes, start, end, -1);
  if (odd || colons > scan.MAX_KEYS) {
    const reasons = closerLook(text);
    if (reasons.length > 0) return refused(start, end, reasons);
  }
  try {
    const value: unknown = JSON.parse(text);
    // JSON.parse keeps the last of two equal keys and says nothing.
    if (countKeys(value) === colons) return { start, end, reasons: [], value };
  } catch {
    // The closer look says where it breaks.
  }
  const reasons = closerLook(text);
  return refused(start, end, reasons.length > 0 ? reasons : [{ code: "PARSE_INVALID_JSON", path: "" }]);
}

function refused(start: number, end: number, reasons: Reason[]): RecordSlice {
  return { start, end, reasons, value: undefined };
}

function countKeys(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  let count = 0;
  if (Array.isArray(value)) {
    for (const item of value) count += countKeys(item);
    return count;
  }
  for (const key of Object.keys(value)) count += 1 + countKeys((value as Record<string, unknown>)[key]);
  return count;
}

function lineScanner(bytes: Buffer, read: ReadSlice): () => RecordSlice | null {
  let at = 0;
  return () => {
    while (at < bytes.length) {
      const newline = bytes.indexOf(NEWLINE, at);
      const lineEnd = newline < 0 ? bytes.length : newline;
      const start = scan.skipSpace(bytes, at, lineEnd);
      at = lineEnd + 1;
      if (start < lineEnd) return read(start, lineEnd);
    }
    return null;
  };
}

function itemScanner(
  bytes: Buffer,
  from: number,
  inBatch: boolean,
  read: ReadSlice,
): () => RecordSlice | null {
  let at = scan.skipSpace(bytes, from, bytes.length);
  let isOpen = bytes[at] !== scan.CLOSE_ARRAY;
  let tail = isOpen ? null : tailOf(bytes, at + 1, inBatch);
  return () => {
    if (!isOpen) {
      const last = tail;
      tail = null;
      return last;
    }
    const scanned = scan.scanValue(bytes, at, bytes.length, scan.CLOSE_ARRAY);
    const slice = read(at, scanned.end, scanned);
    at = scanned.end;
    if (bytes[at] === scan.COMMA) {
      at = scan.skipSpace(bytes, at + 1, bytes.length);
      return slice;
    }
    isOpen = false;
    if (at < bytes.length) tail = tailOf(bytes, at + 1, inBatch);
    else if (slice.reasons.length === 0) tail = outside(at, at, "a ] after the last record");
    return slice;
  };
}

/** What follows the closed array: nothing to tell when the text ends as it must, else a record of its own. */
function tailOf(bytes: Buffer, from: number, inBatch: boolean): RecordSlice | null {
  const start = scan.skipSpace(bytes, from, bytes.length);
  if (!inBatch && start === bytes.length) return null;
  let at = start;
  while (inBatch && bytes[at] === scan.COMMA) {
    const member = memberAt(bytes, at + 1);
    if (member === null) break;
    at = member.end;
  }
  const closed = inBatch && bytes[at] === scan.CLOSE_OBJECT;
  if (closed && scan.skipSpace(bytes, at + 1, bytes.length) === bytes.length) return null;
  return outside(start, scan.trimmedEnd(bytes, start, bytes.length), "nothing after the last record");
}

function outside(start: number, end: number, expected: string): RecordSlice {
  return refused(start, end, [{ code: "PARSE_INVALID_JSON", path: "", expected, offset: 0 }]);
}

/** Position after the [ of an envelope's `batch`; −1 for an object that is itself a record (or broken). */
function batchStart(bytes: Buffer, from: number): number {
  for (let at = from; ; at += 1) {
    const member = memberAt(bytes, at);
    if (member === null || OWN_NAMES.has(member.name)) return -1;
    if (member.name === "batch" && bytes[member.value] === scan.OPEN_ARRAY) return member.value + 1;
    if (member.end < 0 || bytes[member.end] !== scan.COMMA) return -1;
    at = member.end;
  }
}

/** One member of an envelope; `end` is −1 for a value that is broken. A batch is not looked into. */
function memberAt(bytes: Buffer, from: number): { name: string; value: number; end: number } | null {
  const key = scan.skipSpace(bytes, from, bytes.length);
  if (bytes[key] !== QUOTE) return null;
  const keyEnd = scan.textEnd(bytes, key + 1, bytes.length);
  const colon = scan.skipSpace(bytes, keyEnd, bytes.length);
  if (bytes[colon] !== COLON) return null;
  const name = bytes.toString("latin1", key + 1, keyEnd - 1);
  const value = scan.skipSpace(bytes, colon + 1, bytes.length);
  if (OWN_NAMES.has(name) || (name === "batch" && bytes[value] === scan.OPEN_ARRAY))
    return { name, value, end: -1 };
  const { end } = scan.scanValue(bytes, value, bytes.length, scan.CLOSE_OBJECT);
  return { name, value, end: closerLook(bytes.toString("utf8", value, end)).length === 0 ? end : -1 };
}
