import type { FORMATS } from "./schema";

export type TextFormat = (typeof FORMATS)[number];

const DAY = /^\d{4}-\d\d-\d\d$/;
const LONG_MONTHS = new Set([1, 3, 5, 7, 8, 10, 12]);
const DATETIME = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?$/;
const SLASHED = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d\d)$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const EMAIL = /^[^\s@]{1,64}@[^\s@]{1,190}$/;
const URL_START = /^https?:\/\/[^\s]{1,2000}$/i;
const NUMBER = /^[+-]?(\d{1,17}(\.\d{1,17})?|\.\d{1,17})([eE][+-]?\d{1,3})?$/;
const BOOLEAN = /^(true|false|yes|no|t|f|y|n)$/i;
const BASE64 = /^[A-Za-z0-9+/]{40,}={0,2}$/;
const LONGEST_PARSED = 20_000;

/** Whether a text has a form. Every test takes time in proportion to the text: no user's expression ever runs. */
export function hasFormat(text: string, format: TextFormat): boolean {
  const { length } = text;
  switch (format) {
    case "datetime":
      return length >= 16 && length <= 40 && DATETIME.test(text) && isCalendarDay(text.slice(0, 10));
    case "date":
      return length === 10 && isCalendarDay(text);
    case "slashed_date":
      return length >= 6 && length <= 10 && isSlashedDate(text);
    case "uuid":
      return length === 36 && UUID.test(text);
    case "email":
      return length <= 255 && text.includes("@") && EMAIL.test(text);
    case "url":
      return length <= 2_010 && text.startsWith("http") && URL_START.test(text);
    case "number":
      return length <= 40 && NUMBER.test(text) && Number.isFinite(Number(text));
    case "boolean":
      return length <= 5 && BOOLEAN.test(text);
    case "json":
      return isJson(text);
    case "base64":
      return length >= 40 && length % 4 === 0 && BASE64.test(text);
  }
}

/** "30/02/2026" is no date. */
function isCalendarDay(text: string): boolean {
  if (!DAY.test(text)) return false;
  const month = Number(text.slice(5, 7));
  const day = Number(text.slice(8, 10));
  if (month < 1 || month > 12 || day < 1) return false;
  if (month !== 2) return day <= (LONG_MONTHS.has(month) ? 31 : 30);
  const year = Number(text.slice(0, 4));
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day <= (leap ? 29 : 28);
}

function isSlashedDate(text: string): boolean {
  const parts = SLASHED.exec(text);
  if (!parts) return false;
  const [first, second] = [Number(parts[1]), Number(parts[2])];
  return first >= 1 && second >= 1 && Math.min(first, second) <= 12 && Math.max(first, second) <= 31;
}

/** "03/04/2026" may be the third of April or the fourth of March. */
export function isAmbiguousDate(text: string): boolean {
  const parts = text.length <= 10 ? SLASHED.exec(text) : null;
  return parts !== null && Number(parts[1]) <= 12 && Number(parts[2]) <= 12 && parts[1] !== parts[2];
}

/** Longer texts are not parsed: brackets at both ends must do. */
function isJson(text: string): boolean {
  const [first, last] = [text.charCodeAt(0), text.charCodeAt(text.length - 1)];
  if (!((first === 0x7b && last === 0x7d) || (first === 0x5b && last === 0x5d))) return false;
  if (text.length > LONGEST_PARSED) return true;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Nothing, spaces only, or an empty list or object written as text. */
export function isEmptyText(text: string): boolean {
  return text === "" || text === "[]" || text === "{}" || (text.length <= 200 && text.trim() === "");
}

const PLACEHOLDERS = new Set(
  "n/a #n/a na - -- --- ? null none nil nan undefined unknown tbd -1 -9 -99 -999 -9999 9999 99999 999999 1970-01-01 1900-01-01 0000-00-00 9999-12-31".split(
    " ",
  ),
);
const NUMBER_PLACEHOLDERS = new Set([-1, -9, -99, -999, -9999, 9999, 99_999, 999_999]);

/** What systems write when they have nothing to write; null for anything else. */
export function placeholder(value: string | number): string | null {
  if (typeof value === "number") return NUMBER_PLACEHOLDERS.has(value) ? String(value) : null;
  if (value.length > 10) return null;
  const plain = value.trim().toLowerCase();
  return PLACEHOLDERS.has(plain) ? plain : null;
}

const LOOKED_AT = 2_000;

/** Text that went through the wrong encoding ("Ã©", "â€™", U+FFFD), or holds control characters. */
export function isBadlyEncoded(text: string): boolean {
  const end = Math.min(text.length, LOOKED_AT);
  for (let at = 0; at < end; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit < 32 ? unit !== 9 && unit !== 10 && unit !== 13 : unit === 127 || unit === 0xfffd) return true;
    if (unit < 0xc2 || unit > 0xe2) continue;
    const next = text.charCodeAt(at + 1);
    // UTF-8 read as Latin-1 or Windows-1252: a lead byte as a letter, then a byte from 0x80 to 0xBF.
    if ((unit === 0xc2 || unit === 0xc3) && next >= 0x80 && next <= 0xbf) return true;
    if (unit === 0xe2 && (next === 0x20ac || next === 0x80)) return true;
  }
  return false;
}

const LONGEST_PATTERN = 24;

/** The look of a text: letters as A or a, digits as 9, runs as one, all else as it is: "AB-12.5" → "A-9.9". */
export function textPattern(text: string): string {
  let pattern = "";
  let last = "";
  for (let at = 0; at < text.length && at < 200 && pattern.length < LONGEST_PATTERN; at += 1) {
    const sign = signOf(text.charCodeAt(at), text.charAt(at));
    if (sign !== last || !/[Aa9]/.test(sign)) pattern += sign;
    last = sign;
  }
  return pattern;
}

function signOf(unit: number, character: string): string {
  if (unit >= 48 && unit <= 57) return "9";
  if (unit >= 97 && unit <= 122) return "a";
  if (unit >= 65 && unit <= 90) return "A";
  return unit < 128 ? character : "a";
}
