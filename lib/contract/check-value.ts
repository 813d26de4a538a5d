import { addReason, type CheckedRecord, type Effect, shownList, shownValue } from "./check-reason";
import type { PathRules } from "./compile-contract";
import { shownNumber } from "./shown-number";
import { jsonType } from "./shape";
import { beginsWith, textLanguage } from "./text-language";
import {
  hasFormat,
  isAmbiguousDate,
  isBadlyEncoded,
  isEmptyText,
  placeholder,
  textPattern,
} from "./text-signs";

/** False when a value is of another type than its rules are about. */
export function checkType(to: CheckedRecord, rules: PathRules, value: unknown): boolean {
  const rule = rules.type;
  if (!rule) return true;
  const type = jsonType(value);
  if (rule.types.includes(type)) return true;
  const expected = rule.types.join(" or ");
  if (isCoercible(rule.types, value)) {
    addReason(to, "TYPE_COERCIBLE", rule, { observed: shownValue(value), expected });
    return false;
  }
  const container = type === "array" || type === "object";
  const other = rule.types.every((each) => (each === "array" || each === "object") !== container);
  const effect: Effect = rule.origin === "locked" || other ? "Q" : "F";
  addReason(to, "TYPE_MISMATCH", rule, { observed: shownValue(value), expected, effect });
  return false;
}

/** The same thing written as another type: kept as sent. */
function isCoercible(types: readonly string[], value: unknown): boolean {
  if (typeof value === "string") {
    return (
      (types.includes("number") && hasFormat(value, "number")) ||
      (types.includes("boolean") && hasFormat(value, "boolean"))
    );
  }
  return (typeof value === "number" || typeof value === "boolean") && types.includes("text");
}

const lockedEffect = (rule: { origin: string }): { effect?: Effect } =>
  rule.origin === "locked" ? { effect: "Q" } : {};

export function checkText(to: CheckedRecord, rules: PathRules, value: string): void {
  if (isEmptyText(value)) {
    if (rules.not_empty) {
      const expected = "a text that is not empty";
      addReason(to, "FIELD_EMPTY", rules.not_empty, { observed: value.slice(0, 2), expected });
    }
    return;
  }
  if (isPlaceholder(to, rules, value)) return;
  if (rules.encoding && isBadlyEncoded(value)) {
    const expected = "text without broken characters";
    addReason(to, "TEXT_ENCODING", rules.encoding, { observed: shownValue(value), expected });
  }
  if (rules.language) checkLanguage(to, rules.language, value);
  checkListed(to, rules, value);
  if (rules.format && !hasFormat(value, rules.format.format)) {
    const isDate = rules.format.format === "date" || rules.format.format === "datetime";
    const code = isDate && isAmbiguousDate(value) ? "FORMAT_AMBIGUOUS_DATE" : "FORMAT_UNPARSEABLE";
    addReason(to, code, rules.format, {
      observed: shownValue(value),
      expected: rules.format.format.replace("_", " "),
    });
    return;
  }
  if (rules.patterns) {
    const pattern = textPattern(value);
    if (!rules.patterns.set.has(pattern)) {
      const expected = `a text like ${shownList(rules.patterns.patterns)}`;
      addReason(to, "FORMAT_NEW_PATTERN", rules.patterns, { observed: shownValue(value), expected });
    }
  }
  if (rules.range && hasFormat(value, "number")) checkRange(to, rules, Number(value));
  checkLength(to, rules, value.length);
}

export function checkNumber(to: CheckedRecord, rules: PathRules, value: number): void {
  const { range } = rules;
  const inside =
    range && (range.low === null || value >= range.low) && (range.high === null || value <= range.high);
  // −1 degrees is a temperature where such temperatures came.
  if (!inside && isPlaceholder(to, rules, value)) return;
  checkListed(to, rules, String(value));
  if (!inside) checkRange(to, rules, value);
}

function checkLanguage(to: CheckedRecord, rule: NonNullable<PathRules["language"]>, value: string): void {
  if (beginsWith(value, rule.words)) return;
  const language = textLanguage(value);
  if (language === null || rule.set.has(language)) return;
  const expected = `a text in ${shownList(rule.languages)}`;
  addReason(to, "TEXT_LANGUAGE", rule, { observed: language, expected, ...lockedEffect(rule) });
}

function isPlaceholder(to: CheckedRecord, rules: PathRules, value: string | number): boolean {
  if (!rules.placeholder) return false;
  const found = placeholder(value);
  if (found === null || rules.placeholder.set.has(found)) return false;
  if ((rules.values ?? rules.labels)?.set.has(String(value))) return false;
  addReason(to, "FIELD_SENTINEL", rules.placeholder, { observed: value, expected: "a value, or null" });
  return true;
}

/** Lists are about texts, numbers and booleans alike: an imported list may hold any. */
export function checkListed(to: CheckedRecord, rules: PathRules, value: string): void {
  const { values, labels } = rules;
  if (labels && !labels.set.has(value)) {
    const expected = `one of ${shownList(labels.values)}`;
    addReason(to, "VALUE_UNSEEN_LABEL", labels, { observed: shownValue(value), expected, effect: "Q" });
  }
  if (values && !values.set.has(value)) {
    const expected = `one of ${shownList(values.values)}`;
    const effect: Effect = values.open ? "A" : values.origin === "locked" ? "Q" : "F";
    addReason(to, "VALUE_UNSEEN_CATEGORY", values, { observed: shownValue(value), expected, effect });
  }
}

function checkRange(to: CheckedRecord, rules: PathRules, value: number): void {
  const rule = rules.range;
  if (!rule) return;
  const { low, high } = rule;
  const below = low !== null && value < low;
  if (!below && !(high !== null && value > high)) return;
  const limits =
    low === null
      ? `at most ${shownNumber(high)}`
      : high === null
        ? `at least ${shownNumber(low)}`
        : `${shownNumber(low)} to ${shownNumber(high)}`;
  const effect: Effect = rule.hard && rule.origin !== "inferred" ? "Q" : "F";
  const code = below ? "VALUE_BELOW_RANGE" : "VALUE_ABOVE_RANGE";
  addReason(to, code, rule, { observed: value, expected: limits + scaleHint(value, low, high), effect });
}

/** Percent for shares, cents for euros: a power of ten that would bring the value into its range. */
function scaleHint(value: number, low: number | null, high: number | null): string {
  if (value === 0 || low === null || high === null || low === high) return "";
  for (const power of [2, -2, 3, -3, 1, -1, 6, -6]) {
    const scaled = value * 10 ** power;
    if (scaled >= low && scaled <= high) {
      return power > 0 ? `; ×${10 ** power} would fit` : `; ÷${10 ** -power} would fit`;
    }
  }
  return "";
}

export function checkLength(to: CheckedRecord, rules: PathRules, length: number): void {
  const rule = rules.length;
  if (!rule || (length >= rule.low && length <= rule.high)) return;
  const code = length < rule.low ? "TEXT_TOO_SHORT" : "TEXT_TOO_LONG";
  const expected = `a length of ${rule.low} to ${rule.high}`;
  addReason(to, code, rule, { observed: length, expected, ...lockedEffect(rule) });
}
