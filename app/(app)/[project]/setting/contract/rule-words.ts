import { formatCount, formatPercent, formatProbability } from "@/lib/core/format";
import type { Rule } from "@/lib/contract/schema";

const SHOWN = 6;

const TYPE_WORDS: Readonly<Record<string, string>> = {
  null: "null",
  boolean: "yes or no",
  number: "a number",
  text: "a text",
  array: "a list",
  object: "an object",
};

const FORMAT_WORDS: Readonly<Record<string, string>> = {
  datetime: "a date with a time",
  date: "a date like 2026-01-31",
  slashed_date: "a date like 31/01/2026",
  uuid: "a UUID",
  email: "an e-mail address",
  url: "a web address",
  number: "a number, written as text",
  boolean: "yes or no, true or false",
  json: "JSON, written as text",
  base64: "Base64",
};

/** "a, b, c and 4 more" */
export function listWords(values: readonly string[], shown = SHOWN): string {
  const first = values.slice(0, shown).map((value) => (value === "" ? "“”" : value));
  const more = values.length - first.length;
  return more > 0 ? `${first.join(", ")} and ${more} more` : first.join(", ");
}

const digits = (value: number): string => String(Number(value.toPrecision(6)));

/** What a rule asks for, after the name of the field. */
export function ruleWords(rule: Rule): string {
  switch (rule.rule) {
    case "type":
      return `is ${rule.types.map((type) => TYPE_WORDS[type] ?? type).join(" or ")}`;
    case "required":
      return "is always there";
    case "not_null":
      return "is never null";
    case "not_empty":
      return "is never an empty text";
    case "placeholder":
      return rule.allowed.length === 0
        ? "never holds a stand-in for nothing, like n/a or -1"
        : `holds no stand-in for nothing but ${listWords(rule.allowed)}`;
    case "values":
      return rule.open
        ? `is mostly one of ${listWords(rule.values)}; others are only counted`
        : `is one of ${listWords(rule.values)}`;
    case "labels":
      return `may only be ${listWords(rule.values)}; other answers are held back`;
    case "range":
      return `lies ${rangeWords(rule.low, rule.high)}${rule.hard ? "; outside of it, records are held back" : ""}`;
    case "length":
      return `has ${lengthWords(rule.low, rule.high)} characters or entries`;
    case "format":
      return `is ${FORMAT_WORDS[rule.format] ?? rule.format}`;
    case "patterns":
      return `is written like ${listWords(rule.patterns, 4)} (A and a: letters, 9: digits)`;
    case "encoding":
      return "has no broken characters";
    case "language":
      return `is in ${listWords(rule.languages)}, where that can be told`;
    case "unique":
      return "never comes again under another id";
    case "shape":
      return `has ${rule.shapes.length === 1 ? "the form" : `one of the ${rule.shapes.length} forms`} that came in the pilot`;
    case "known_fields":
      return `has no fields but ${listWords(rule.fields)}; others are counted`;
    case "order":
      return `is at most ${rule.other}`;
    case "null_together":
      return `is empty exactly when ${listWords(rule.others)} ${rule.others.length === 1 ? "is" : "are"}`;
    case "completeness":
      return `is filled in for at least ${formatPercent(rule.least)} of a week's outputs`;
  }
}

function lengthWords(low: number, high: number): string {
  if (high >= 1e9) return `at least ${low}`;
  return low === high ? String(low) : `${low} to ${high}`;
}

function rangeWords(low: number | null, high: number | null): string {
  if (low === null) return `at ${digits(high ?? 0)} or below`;
  return high === null ? `at ${digits(low)} or above` : `between ${digits(low)} and ${digits(high)}`;
}

/** What a rule rests on: "all of 1,982 pilot outputs". */
export function supportWords(rule: Rule): string {
  if (rule.support === 0) return "set by a person; the rates say what it does";
  const of = `${formatCount(rule.support)} pilot outputs`;
  const kept =
    rule.pilot_violations === 0
      ? `all of ${of} keep it`
      : `${formatCount(rule.pilot_violations)} of ${of} break it`;
  if (rule.expected_rate === null) return kept;
  // No new value among so many: all that is known is how rare they must be.
  if (rule.expected_rate === 0) {
    return rule.rate_at_most === null
      ? kept
      : `${kept}; below ${formatProbability(rule.rate_at_most)} of good ones will break it`;
  }
  return `${kept}; about ${formatProbability(rule.expected_rate)} of good ones will break it`;
}

/** "Of 1,000 outputs like the pilot's, about 12": a share in a manager's words. */
export function perThousand(share: number): string {
  const count = 1000 * share;
  return count === 0 ? "none" : count < 1 ? "less than 1" : `about ${Math.round(count)}`;
}
