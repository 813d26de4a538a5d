import { REASONS, type Reason, type ReasonCode } from "@/lib/quarantine/reason";
import type { Rule } from "./schema";

/** What follows from a reason: the record is held back, flagged, or only counted. */
export type Effect = "Q" | "F" | "A";

export interface CheckReason extends Reason {
  effect: Effect;
}

export const MOST_REASONS = 32;

/** What was found in one record; of more than 32 reasons the others are only counted. */
export interface CheckedRecord {
  reasons: CheckReason[];
  total: number;
}

type Shown = string | number | boolean | null;

/** Adds a reason; one that elements of an array share is one. */
export function addReason(
  to: CheckedRecord,
  code: ReasonCode,
  rule: Pick<Rule, "rule" | "path" | "origin">,
  more: { observed: Shown; expected: string; effect?: Effect; path?: string },
): void {
  const path = more.path ?? rule.path;
  if (to.reasons.some((each) => each.code === code && each.path === path)) return;
  to.total += 1;
  if (to.reasons.length >= MOST_REASONS) {
    // A reason to hold the record back must not be lost among reasons to look at it.
    if (more.effect !== "Q" || to.reasons.some(({ effect }) => effect === "Q")) return;
    to.reasons.pop();
  }
  const effect = more.effect ?? (REASONS[code].effect === "A" ? "A" : "F");
  to.reasons.push({ code, path, observed: more.observed, expected: more.expected, rule: rule.rule, effect });
}

/** A value as a reason shows it: short, never a container, no half of a character. */
export function shownValue(value: unknown): Shown {
  if (value === undefined || value === null) return null;
  if (typeof value === "number" || typeof value === "boolean") return value;
  if (typeof value !== "string") return Array.isArray(value) ? "an array" : "an object";
  return beginning(value, 100);
}

/** No half of a character: no database text can hold one. */
function beginning(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most).replace(/[\uD800-\uDBFF]$/, "")}…`;
}

/** A list of values as a sentence shows it. */
export function shownList(values: readonly string[]): string {
  const shown = values.slice(0, 8).map((value) => beginning(value, 40));
  const more = values.length - shown.length;
  return more > 0 ? `${shown.join(", ")} and ${more} more` : shown.join(", ");
}
