import { isUtf8 } from "node:buffer";
import { MAX_REASONS, type Reason } from "@/lib/quarantine/reason";
import { guardValue } from "./byte-guard";
import { damagedEnd } from "./damaged-end";
import { skipSpace, stringEnd } from "./json-tokens";
import { firstInvalidUtf8 } from "./utf8";

export const MAX_RECORD_BYTES = 1024 * 1024;

/** Where one record lies in the body, and why it cannot be taken (no reason: it can be parsed and stored). */
export interface RecordSlice {
  start: number;
  end: number;
  reasons: Reason[];
}

export type BodyForm = "json" | "ndjson";

const NEWLINE = 0x0a;
const COMMA = 0x2c;
const OPEN_OBJECT = 0x7b;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const CLOSE_OBJECT = 0x7d;

/**
 * The records of a body, one per call, null at the end: lines of NDJSON, items of an array or of `{"batch": […]}`, or the one
 * value. A broken record is returned with its reasons and the next one is looked for; what lies outside of the grammar is a
 * record of its own, so that no byte is dropped.
 */
export function recordScanner(bytes: Uint8Array, form: BodyForm): () => RecordSlice | null {
  const valid = isUtf8(bytes);
  const next = form === "ndjson" ? lineScanner(bytes) : documentScanner(bytes);
  return () => {
    const slice = next();
    return slice === null ? null : withWholeRecordReasons(bytes, slice, valid);
  };
}

function withWholeRecordReasons(bytes: Uint8Array, slice: RecordSlice, bodyIsUtf8: boolean): RecordSlice {
  if (!bodyIsUtf8) {
    const offset = firstInvalidUtf8(bytes, slice.start, slice.end);
    if (offset >= 0)
      slice.reasons.unshift({ code: "PARSE_INVALID_UTF8", path: "", offset: offset - slice.start });
  }
  const length = slice.end - slice.start;
  if (length > MAX_RECORD_BYTES) {
    const expected = `at most ${MAX_RECORD_BYTES} bytes`;
    slice.reasons.unshift({ code: "RECORD_TOO_LARGE", path: "", observed: length, expected });
  }
  if (slice.reasons.length > MAX_REASONS) slice.reasons.length = MAX_REASONS;
  return slice;
}

function lineScanner(bytes: Uint8Array): () => RecordSlice | null {
  let at = 0;
  return () => {
    while (at < bytes.length) {
      const newline = bytes.indexOf(NEWLINE, at);
      const lineEnd = newline < 0 ? bytes.length : newline;
      const start = skipSpace(bytes, at, lineEnd);
      at = lineEnd + 1;
      if (start < lineEnd) return onlyValue(bytes, start, lineEnd, "one JSON value per line");
    }
    return null;
  };
}

/** The value that should fill `start` to `end`, white space aside. */
function onlyValue(bytes: Uint8Array, start: number, end: number, rule: string): RecordSlice {
  const last = trimmedEnd(bytes, start, end);
  const { end: valueEnd, reasons } = guardValue(bytes, start, last);
  if (valueEnd >= 0 && valueEnd < last) {
    reasons.push({ code: "PARSE_INVALID_JSON", path: "", expected: rule, offset: valueEnd - start });
  }
  return { start, end: last, reasons };
}

function trimmedEnd(bytes: Uint8Array, start: number, end: number): number {
  let at = end;
  while (at > start && skipSpace(bytes, at - 1, at) === at) at -= 1;
  return at;
}

function documentScanner(bytes: Uint8Array): () => RecordSlice | null {
  const first = skipSpace(bytes, 0, bytes.length);
  if (bytes[first] === OPEN_ARRAY) return itemScanner(bytes, first + 1, false);
  const batch = bytes[first] === OPEN_OBJECT ? batchStart(bytes, first + 1) : -1;
  if (batch >= 0) return itemScanner(bytes, batch, true);
  let done = first >= bytes.length;
  return () => {
    if (done) return null;
    done = true;
    const rule = "one JSON value; send several lines as application/x-ndjson";
    return onlyValue(bytes, first, bytes.length, rule);
  };
}

/** Position after the [ of an envelope's `batch`; −1 for an object that is itself a record (or broken). */
function batchStart(bytes: Uint8Array, from: number): number {
  const faults = { nul: false, loneSurrogate: false, escaped: false };
  let at = from;
  for (;;) {
    const key = skipSpace(bytes, at, bytes.length);
    if (bytes[key] !== 0x22) return -1;
    const keyEnd = stringEnd(bytes, key + 1, bytes.length, faults);
    if (keyEnd < 0) return -1;
    const name = Buffer.from(
      bytes.buffer,
      bytes.byteOffset + key + 1,
      Math.min(keyEnd - key - 2, 8),
    ).toString("latin1");
    if (name === "id" || name === "input") return -1;
    const colon = skipSpace(bytes, keyEnd, bytes.length);
    if (bytes[colon] !== 0x3a) return -1;
    const value = skipSpace(bytes, colon + 1, bytes.length);
    if (name === "batch" && bytes[value] === OPEN_ARRAY) return value + 1;
    const guarded = guardValue(bytes, value, bytes.length);
    if (guarded.end < 0) return -1;
    at = skipSpace(bytes, guarded.end, bytes.length);
    if (bytes[at] !== COMMA) return -1;
    at += 1;
  }
}

function itemScanner(bytes: Uint8Array, from: number, inEnvelope: boolean): () => RecordSlice | null {
  let at = skipSpace(bytes, from, bytes.length);
  let open = bytes[at] !== CLOSE_ARRAY;
  let tail = open ? null : tailOf(bytes, at + 1, inEnvelope);
  return () => {
    if (!open) {
      const last = tail;
      tail = null;
      return last;
    }
    const slice = itemAt(bytes, at);
    at = skipSpace(bytes, slice.end, bytes.length);
    if (bytes[at] === COMMA) {
      at = skipSpace(bytes, at + 1, bytes.length);
    } else {
      open = false;
      if (bytes[at] === CLOSE_ARRAY) tail = tailOf(bytes, at + 1, inEnvelope);
      else if (slice.reasons.length === 0) tail = broken(at, at, "a ] after the last record");
    }
    return slice;
  };
}

/** The item at `start` up to its comma or bracket. Garbage behind a good value makes the item bad, but not its neighbours. */
function itemAt(bytes: Uint8Array, start: number): RecordSlice {
  const { end, reasons } = guardValue(bytes, start, bytes.length);
  const after = end < 0 ? -1 : skipSpace(bytes, end, bytes.length);
  if (end >= 0 && (after >= bytes.length || bytes[after] === COMMA || bytes[after] === CLOSE_ARRAY)) {
    return { start, end, reasons };
  }
  if (end >= 0)
    reasons.push({ code: "PARSE_INVALID_JSON", path: "", expected: "a comma or ]", offset: after - start });
  return { start, end: trimmedEnd(bytes, start, damagedEnd(bytes, start)), reasons };
}

/** What follows the closed array: nothing to tell when the text ends as it must, else a record of its own. */
function tailOf(bytes: Uint8Array, from: number, inEnvelope: boolean): RecordSlice | null {
  const start = skipSpace(bytes, from, bytes.length);
  const rest = inEnvelope ? envelopeEnd(bytes, start) : start;
  if (rest === bytes.length && (!inEnvelope || start < rest)) return null;
  return broken(start, trimmedEnd(bytes, start, bytes.length), "nothing after the last record", rest - start);
}

function broken(start: number, end: number, expected: string, offset = 0): RecordSlice {
  return { start, end, reasons: [{ code: "PARSE_INVALID_JSON", path: "", expected, offset }] };
}

/** The end of the body when its envelope closes properly after the batch, else where it does not. */
function envelopeEnd(bytes: Uint8Array, from: number): number {
  const faults = { nul: false, loneSurrogate: false, escaped: false };
  let at = from;
  while (bytes[at] === COMMA) {
    const key = skipSpace(bytes, at + 1, bytes.length);
    const keyEnd = bytes[key] === 0x22 ? stringEnd(bytes, key + 1, bytes.length, faults) : -1;
    if (keyEnd < 0) return key;
    const colon = skipSpace(bytes, keyEnd, bytes.length);
    if (bytes[colon] !== 0x3a) return colon;
    const value = guardValue(bytes, colon + 1, bytes.length);
    if (value.end < 0) return colon + 1;
    at = skipSpace(bytes, value.end, bytes.length);
  }
  return bytes[at] === CLOSE_OBJECT ? skipSpace(bytes, at + 1, bytes.length) : at;
}
