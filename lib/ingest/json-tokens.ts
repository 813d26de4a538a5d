/** Scanners of single JSON tokens over bytes: position in, position after the token out. No regular expression, no recursion. */

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** 1 where a plain run inside a string ends: control characters, quote, backslash. */
const ENDS_RUN = new Uint8Array(256);
ENDS_RUN.fill(1, 0, 0x20);
ENDS_RUN[QUOTE] = 1;
ENDS_RUN[BACKSLASH] = 1;

/** What a string contains that PostgreSQL cannot hold; collected over one string. */
export interface TextFaults {
  nul: boolean;
  loneSurrogate: boolean;
  escaped: boolean;
}

export function skipSpace(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at < end) {
    const byte = bytes[at] as number;
    if (byte > 0x20 || (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09)) return at;
    at += 1;
  }
  return at;
}

/** Position after the closing quote, for `from` just after the opening one; −1 − position of the fault when there is none. */
export function stringEnd(bytes: Uint8Array, from: number, end: number, faults: TextFaults): number {
  let at = from;
  while (at < end) {
    const byte = bytes[at] as number;
    if (ENDS_RUN[byte] === 0) {
      at += 1;
    } else if (byte === QUOTE) {
      return at + 1;
    } else if (byte === BACKSLASH) {
      at = escapeEnd(bytes, at, end, faults);
      if (at < 0) return at;
    } else {
      return -1 - at;
    }
  }
  return -1 - at;
}

function escapeEnd(bytes: Uint8Array, from: number, end: number, faults: TextFaults): number {
  faults.escaped = true;
  const letter = from + 1 < end ? (bytes[from + 1] as number) : -1;
  if (letter === 0x75) {
    const unit = hexUnit(bytes, from + 2, end);
    if (unit < 0) return -1 - from;
    if (unit === 0) faults.nul = true;
    if (unit < 0xd800 || unit > 0xdfff) return from + 6;
    if (unit < 0xdc00 && bytes[from + 6] === BACKSLASH && bytes[from + 7] === 0x75) {
      const low = hexUnit(bytes, from + 8, end);
      if (low >= 0xdc00 && low <= 0xdfff) return from + 12;
    }
    faults.loneSurrogate = true;
    return from + 6;
  }
  // " \ / b f n r t
  const known =
    letter === QUOTE ||
    letter === BACKSLASH ||
    letter === 0x2f ||
    letter === 0x62 ||
    letter === 0x66 ||
    letter === 0x6e ||
    letter === 0x72 ||
    letter === 0x74;
  return known ? from + 2 : -1 - from;
}

function hexUnit(bytes: Uint8Array, from: number, end: number): number {
  if (from + 4 > end) return -1;
  let unit = 0;
  for (let at = from; at < from + 4; at += 1) {
    const digit = hexDigit(bytes[at] as number);
    if (digit < 0) return -1;
    unit = unit * 16 + digit;
  }
  return unit;
}

function hexDigit(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

export function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}

/** Position after a number of JSON's grammar; −1 − position of the fault when it is none. */
export function numberEnd(bytes: Uint8Array, from: number, end: number): number {
  let at = bytes[from] === 0x2d ? from + 1 : from;
  if (at < end && bytes[at] === 0x30) at += 1;
  else if (at < end && isDigit(bytes[at])) at = digitsEnd(bytes, at, end);
  else return -1 - at;
  if (at < end && bytes[at] === 0x2e) {
    const fraction = digitsEnd(bytes, at + 1, end);
    if (fraction === at + 1) return -1 - fraction;
    at = fraction;
  }
  if (at < end && ((bytes[at] as number) | 0x20) === 0x65) {
    const sign = bytes[at + 1];
    const digits = at + 1 < end && (sign === 0x2b || sign === 0x2d) ? at + 2 : at + 1;
    at = digitsEnd(bytes, digits, end);
    if (at === digits) return -1 - at;
  }
  return at;
}

function digitsEnd(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at < end && isDigit(bytes[at])) at += 1;
  return at;
}

/** Position after `true`, `false` or `null`; −1 − position when it is none of them. */
export function literalEnd(bytes: Uint8Array, from: number, end: number): number {
  const first = bytes[from];
  const rest = first === 0x74 ? "rue" : first === 0x66 ? "alse" : first === 0x6e ? "ull" : "";
  if (rest === "" || from + 1 + rest.length > end) return -1 - from;
  for (let at = 0; at < rest.length; at += 1) {
    if (bytes[from + 1 + at] !== rest.charCodeAt(at)) return -1 - (from + 1 + at);
  }
  return from + 1 + rest.length;
}
