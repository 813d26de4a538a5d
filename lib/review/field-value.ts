import type { AnswerField } from "./schema";

const TRUE = new Set(["true", "t", "yes", "y", "1"]);
const FALSE = new Set(["false", "f", "no", "n", "0"]);

/** Nothing there: absent, null, or blank text. */
export function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === "string" && value.trim() === "");
}

/** true, "yes", "T", 1 → true; null when it says neither. */
export function booleanValue(value: unknown): boolean | null {
  if (typeof value === "boolean") return value;
  if (typeof value !== "string" && typeof value !== "number") return null;
  const word = String(value).trim().toLowerCase();
  return TRUE.has(word) ? true : FALSE.has(word) ? false : null;
}

/** 410, "410.5", "$1,250.00", "-3e2" → number; null for what is no single number ("1,5", "about 3"). */
export function numberValue(value: unknown): number | null {
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value !== "string" || value.length > 100) return null;
  const text = value
    .trim()
    .replace(/^([+-]?)\s*[$€£¥]\s*/, "$1")
    .replace(/\s*[$€£¥%]$/, "");
  const plain = /^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(text) ? text.replaceAll(",", "") : text;
  if (!/^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?$/.test(plain)) return null;
  const number = Number(plain);
  return Number.isFinite(number) ? number : null;
}

/** Days since 1970 of an ISO date or date-time (its date as written); null for other formats and impossible days. */
export function dayNumber(value: unknown): number | null {
  if (typeof value !== "string") return null;
  const match = /^(\d{4})[-/](\d{2})[-/](\d{2})(?:$|[T ])/.exec(value.trim());
  if (!match) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const time = Date.UTC(year, month - 1, day);
  const date = new Date(time);
  const real =
    date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return real ? time / 86_400_000 : null;
}

/** Text of a scalar, NFC and trimmed; null for objects and lists. */
export function textValue(value: unknown): string | null {
  if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") return null;
  return String(value).normalize("NFC").trim();
}

/** A text with the differences removed that do not count. */
export function normalisedText(text: string, normalise: AnswerField["normalise"]): string {
  const rule = normalise ?? { case: true, space: true, punctuation: false, accents: false };
  let result = text.normalize("NFC");
  if (rule.accents)
    result = result
      .normalize("NFD")
      .replace(/\p{M}+/gu, "")
      .normalize("NFC");
  if (rule.case) result = result.toLowerCase();
  if (rule.punctuation) result = result.replace(/[\p{P}\p{S}]+/gu, " ");
  if (rule.space || rule.punctuation) result = result.replace(/\s+/gu, " ");
  return result.trim();
}

/** What a set or list consists of, with the differences removed that do not count; null for what is no set. */
export function setValue(field: AnswerField, value: unknown): Set<string> | null {
  const members = setMembers(field, value);
  if (!members) return null;
  return new Set(
    field.type === "list" ? members.map((text) => normalisedText(text, field.normalise)) : members,
  );
}

/**
 * The members of an array of scalars, of an object that says true or false to each, or of one text with members between commas,
 * semicolons or bars (of a list: on lines of their own). Nothing there is no members; null for what is none of these.
 */
export function setMembers(field: AnswerField, value: unknown): string[] | null {
  if (isAbsent(value)) return [];
  const members = rawMembers(field, value)?.map(textValue);
  if (!members || members.includes(null)) return null;
  return members.filter((member): member is string => member !== null && member !== "");
}

function rawMembers(field: AnswerField, value: unknown): unknown[] | null {
  if (Array.isArray(value)) return value;
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value);
    return entries.every(([, each]) => typeof each === "boolean")
      ? entries.filter(([, each]) => each === true).map(([name]) => name)
      : null;
  }
  const text = textValue(value);
  if (text === null || field.options?.some((option) => option.value === text)) return [value];
  return text.split(field.type === "list" ? /\r?\n/ : /[,;|\n]/);
}
