import { numberFault, printedLength } from "./number-guard";

/** All reasons are collected, but no record fills the database with them. */
export const MAX_REASONS = 32;
export const MAX_DEPTH = 64;
export const MAX_KEYS = 5_000;
export const MAX_KEY_BYTES = 256;
/** PostgreSQL prints 1e300 with 301 digits: a record may not grow beyond this many when it is read. */
export const MAX_PRINTED_DIGITS = 1_000_000;
/** Deeper than this the end of a value is not looked for: the rest of the body is part of it. */
const GIVE_UP_DEPTH = 1_000;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
export const COMMA = 0x2c;
export const OPEN_OBJECT = 0x7b;
export const OPEN_ARRAY = 0x5b;
export const CLOSE_OBJECT = 0x7d;
export const CLOSE_ARRAY = 0x5d;

const open = new Uint8Array(GIVE_UP_DEPTH + 1);

/** What one pass over the bytes of a value finds, without building it or checking its grammar. */
export interface ScannedValue {
  /** Where the comma or bracket is that ends it, or the end of the bytes. */
  end: number;
  /** Colons outside of strings: the number of keys if the grammar is right. */
  colons: number;
  /** Something that JavaScript or PostgreSQL may not keep: a closer look is needed. */
  odd: boolean;
}

/**
 * Looks for the end of an item of an array (`closing` = ]) or of a member of an object (}). A closing bracket also closes what was
 * forgotten inside of it, and one that fits nothing is passed over, so that a broken item ends where its author meant it to.
 */
export function scanValue(bytes: Uint8Array, start: number, limit: number, closing: number): ScannedValue {
  let depth = 0;
  let colons = 0;
  let odd = false;
  let printed = 0;
  let textBytes = 0;
  let at = start;
  while (at < limit) {
    const byte = bytes[at] as number;
    if (byte === QUOTE) {
      const end = textEnd(bytes, at + 1, limit);
      textBytes = end - at - 2;
      odd ||= sawOddEscape;
      at = end;
      continue;
    }
    if (byte === 0x3a) {
      colons += 1;
      odd ||= textBytes > MAX_KEY_BYTES;
    } else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
      if (depth === GIVE_UP_DEPTH) return { end: limit, colons, odd: true };
      open[depth] = byte;
      depth += 1;
      odd ||= depth > MAX_DEPTH;
    } else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) {
      const left = depthBefore(byte - 2, depth);
      if (left < 0 && byte === closing) return { end: at, colons, odd };
      if (left >= 0) depth = left;
    } else if (byte === COMMA) {
      if (depth === 0) return { end: at, colons, odd };
    } else if (byte === 0x2d || (byte >= 0x30 && byte <= 0x39)) {
      const end = numberEnd(bytes, at, limit);
      if (end - at > 15 || sawExponent) {
        const text = Buffer.from(bytes.buffer, bytes.byteOffset + at, end - at).toString("latin1");
        printed += printedLength(text);
        odd ||= numberFault(text) !== null || printed > MAX_PRINTED_DIGITS;
      }
      at = end;
      continue;
    }
    at += 1;
  }
  return { end: limit, colons, odd };
}

/** Depth outside of the innermost open bracket of this kind; −1 when there is none. */
function depthBefore(opening: number, depth: number): number {
  let level = depth - 1;
  while (level >= 0 && open[level] !== opening) level -= 1;
  return level;
}

let sawOddEscape = false;
let sawExponent = false;

/** Position after the closing quote, or `limit`. Notes escapes that can stand for NUL or for half of a character. */
export function textEnd(bytes: Uint8Array, from: number, limit: number): number {
  sawOddEscape = false;
  let at = from;
  while (at < limit) {
    const byte = bytes[at] as number;
    if (byte === QUOTE) return at + 1;
    if (byte !== BACKSLASH) {
      at += 1;
      continue;
    }
    if (bytes[at + 1] === 0x75) {
      const third = bytes[at + 2] as number;
      sawOddEscape ||= third === 0x64 || third === 0x44 || (third === 0x30 && bytes[at + 3] === 0x30);
    }
    at += 2;
  }
  return limit;
}

function numberEnd(bytes: Uint8Array, from: number, limit: number): number {
  sawExponent = false;
  let at = from;
  for (; at < limit; at += 1) {
    const byte = bytes[at] as number;
    if (byte >= 0x30 && byte <= 0x39) continue;
    if (byte === 0x65 || byte === 0x45) sawExponent = true;
    else if (byte !== 0x2d && byte !== 0x2b && byte !== 0x2e) break;
  }
  return at;
}

export function skipSpace(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at < end && isSpace(bytes[at] as number)) at += 1;
  return at;
}

export function trimmedEnd(bytes: Uint8Array, start: number, end: number): number {
  let at = end;
  while (at > start && isSpace(bytes[at - 1] as number)) at -= 1;
  return at;
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}
