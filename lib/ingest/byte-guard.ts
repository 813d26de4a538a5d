import { MAX_REASONS, type Reason, type ReasonCode } from "@/lib/quarantine/reason";
import { literalEnd, numberEnd, skipSpace, stringEnd, type TextFaults } from "./json-tokens";
import { decodeKey, isSecondKey, startKeySet } from "./key-set";
import { isSmallNumber, numberFault, writtenOutLength } from "./number-guard";

export const MAX_DEPTH = 64;
export const MAX_KEYS = 5_000;
export const MAX_KEY_BYTES = 256;
/** PostgreSQL prints 1e300 with 301 digits: a record may not grow beyond this many when it is read. */
const MAX_WRITTEN_OUT_DIGITS = 1_000_000;

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;

/** The innermost containers, for closing brackets and for the path in a reason. */
const isObject = new Uint8Array(MAX_DEPTH + 1);
const objectId = new Uint32Array(MAX_DEPTH + 1);
const itemIndex = new Uint32Array(MAX_DEPTH + 1);
const keyStart = new Uint32Array(MAX_DEPTH + 1);
const keyEnd = new Uint32Array(MAX_DEPTH + 1);

let bytes: Uint8Array = new Uint8Array(0);
let limit = 0;
let valueStart = 0;
let depth = 0;
let objects = 0;
let keys = 0;
let writtenOut = 0;
let reasons: Reason[] = [];
const faults: TextFaults = { nul: false, loneSurrogate: false, escaped: false };

/** `end` is −1 when the grammar is broken or the nesting too deep: the value's end is then unknown. */
export interface GuardedValue {
  end: number;
  reasons: Reason[];
}

/**
 * Looks at one JSON value in `source` from `start` on, without parsing it: no reason means that JSON.parse takes it, that
 * PostgreSQL can hold it, and that it reads back equal. The bytes must be valid UTF-8. State lives in this module between the
 * start and the end of one call.
 */
export function guardValue(source: Uint8Array, start: number, end: number): GuardedValue {
  bytes = source;
  limit = end;
  valueStart = start;
  depth = 0;
  objects = 0;
  keys = 0;
  writtenOut = 0;
  reasons = [];
  startKeySet();
  const at = walk(start);
  return { end: at, reasons };
}

/** One value per turn; closing brackets and commas after it. */
function walk(start: number): number {
  let at = start;
  for (;;) {
    at = skipSpace(bytes, at, limit);
    const byte = at < limit ? (bytes[at] as number) : -1;
    if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
      if (depth === MAX_DEPTH) {
        add("TOO_DEEP", { expected: `at most ${MAX_DEPTH} levels` });
        return -1;
      }
      at = openContainer(at, byte);
      if (at < 0) return -1;
      if (!closesAtOnce) continue;
    } else {
      at = scalarEnd(at, byte);
      if (at < 0) return -1;
    }
    at = afterValue(at);
    if (at < 0 || depth === 0) return at;
  }
}

let closesAtOnce = false;

function openContainer(from: number, byte: number): number {
  depth += 1;
  itemIndex[depth] = 0;
  closesAtOnce = false;
  const at = skipSpace(bytes, from + 1, limit);
  if (byte === OPEN_OBJECT) {
    objects += 1;
    isObject[depth] = 1;
    objectId[depth] = objects;
    if (bytes[at] !== CLOSE_OBJECT || at >= limit) {
      keyStart[depth] = 0;
      keyEnd[depth] = 0;
      return memberKey(at);
    }
  } else {
    isObject[depth] = 0;
    if (bytes[at] !== CLOSE_ARRAY || at >= limit) return at;
  }
  closesAtOnce = true;
  depth -= 1;
  return at + 1;
}

/** Position of the next value in the open container, or behind the outermost value. */
function afterValue(from: number): number {
  let at = from;
  while (depth > 0) {
    at = skipSpace(bytes, at, limit);
    const byte = at < limit ? (bytes[at] as number) : -1;
    const inObject = isObject[depth] === 1;
    if (byte === COMMA) {
      if (inObject) return memberKey(skipSpace(bytes, at + 1, limit));
      itemIndex[depth] = (itemIndex[depth] as number) + 1;
      return at + 1;
    }
    if (byte !== (inObject ? CLOSE_OBJECT : CLOSE_ARRAY)) {
      return broken(at, inObject ? "a comma or }" : "a comma or ]");
    }
    depth -= 1;
    at += 1;
  }
  return at;
}

/** Position after the colon of the member whose key starts at `from`. */
function memberKey(from: number): number {
  if (from >= limit || bytes[from] !== QUOTE) return broken(from, "a key in double quotes");
  faults.escaped = false;
  const end = stringEnd(bytes, from + 1, limit, faults);
  if (end < 0) return brokenText(end);
  keyStart[depth] = from + 1;
  keyEnd[depth] = end - 1;
  reportFaults();
  keys += 1;
  if (keys === MAX_KEYS + 1) addAtRecord("TOO_MANY_KEYS", { expected: `at most ${MAX_KEYS}` });
  if (end - from - 2 > MAX_KEY_BYTES) {
    add("KEY_TOO_LONG", { observed: end - from - 2, expected: `at most ${MAX_KEY_BYTES} bytes` });
  }
  if (keys <= MAX_KEYS && isSecondKey(bytes, objectId[depth] as number, from + 1, end - 1, faults.escaped)) {
    add("DUPLICATE_KEY", { expected: "each key once" });
  }
  const at = skipSpace(bytes, end, limit);
  if (at >= limit || bytes[at] !== COLON) return broken(at, "a colon");
  return at + 1;
}

function scalarEnd(from: number, byte: number): number {
  if (byte === QUOTE) return textEnd(from);
  if (byte === 0x2d || (byte >= 0x30 && byte <= 0x39)) {
    const end = numberEnd(bytes, from, limit);
    if (end < 0) return broken(-1 - end, "a digit");
    if (!isSmallNumber(bytes, from, end)) checkNumber(from, end);
    return end;
  }
  const end = literalEnd(bytes, from, limit);
  return end < 0 ? broken(-1 - end, "a JSON value") : end;
}

function textEnd(from: number): number {
  const end = stringEnd(bytes, from + 1, limit, faults);
  if (end < 0) return brokenText(end);
  reportFaults();
  return end;
}

function reportFaults(): void {
  if (faults.nul) add("NUL_CHARACTER", {});
  if (faults.loneSurrogate) add("LONE_SURROGATE", {});
  faults.nul = false;
  faults.loneSurrogate = false;
}

function brokenText(end: number): number {
  faults.nul = false;
  faults.loneSurrogate = false;
  return broken(-1 - end, "a string without raw control characters, closed by a double quote");
}

function checkNumber(start: number, end: number): void {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString("latin1");
  writtenOut += writtenOutLength(text);
  const fault =
    numberFault(text) ??
    (writtenOut > MAX_WRITTEN_OUT_DIGITS ? "fewer huge exponents: written out, these fill megabytes" : null);
  if (fault !== null) add("NUMBER_NOT_REPRESENTABLE", { observed: text.slice(0, 60), expected: fault });
}

function broken(at: number, expected: string): number {
  const observed = at < limit ? printable(bytes[at] as number) : "the end";
  addAtRecord("PARSE_INVALID_JSON", { observed, expected, offset: at - valueStart });
  return -1;
}

function printable(byte: number): string {
  return byte > 0x20 && byte < 0x7f
    ? String.fromCharCode(byte)
    : `byte 0x${byte.toString(16).padStart(2, "0")}`;
}

function addAtRecord(code: ReasonCode, details: Omit<Reason, "code" | "path">): void {
  if (reasons.length < MAX_REASONS) reasons.push({ code, path: "", ...details });
}

function add(code: ReasonCode, details: Omit<Reason, "code" | "path">): void {
  if (reasons.length < MAX_REASONS) reasons.push({ code, path: pathHere(), ...details });
}

/** JSON pointer of the place that is looked at. */
function pathHere(): string {
  let path = "";
  for (let level = 1; level <= depth; level += 1) {
    const part = isObject[level] === 0 ? String(itemIndex[level]) : keyAt(level);
    path += `/${part.replaceAll("~", "~0").replaceAll("/", "~1")}`;
  }
  return wellFormed(path.slice(0, 500));
}

/** A key that no database text can hold is shown as it was written, with its escapes. */
function keyAt(level: number): string {
  const start = keyStart[level] as number;
  const end = keyEnd[level] as number;
  if (end === 0) return "";
  const key = decodeKey(bytes, start, end);
  if (key === wellFormed(key) && !key.includes("\0")) return key;
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString("utf8");
}

function wellFormed(text: string): string {
  return Buffer.from(text, "utf8").toString("utf8");
}
