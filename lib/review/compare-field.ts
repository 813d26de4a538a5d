import { rubricResult } from "./rubric";
import {
  booleanValue,
  dayNumber,
  isAbsent,
  normalisedText,
  numberValue,
  setValue,
  textValue,
} from "./field-value";
import type { AnswerField, AnswerValue, FieldResultKind } from "./schema";
import { textSimilarity } from "@/lib/core/text-similarity";

export interface FieldComparison {
  result: FieldResultKind;
  /** How close the two are, 0..1, where there is something between right and wrong. */
  score?: number;
}

/** One field. Both absent is a match: the output rightly says nothing. */
export function compareField(
  field: AnswerField,
  answer: AnswerValue | undefined,
  output: unknown,
): FieldComparison {
  if (field.type === "rubric") return scored(field, answer);
  if (field.type === "categories" || field.type === "list") return compareSets(field, answer, output);
  if (isAbsent(answer)) return { result: isAbsent(output) ? "match" : "extra" };
  if (isAbsent(output)) return { result: "missing" };
  if (field.type === "text") return compareTexts(field, textValue(answer), textValue(output));
  return { result: sameValue(field, answer as AnswerValue, output) ? "match" : "mismatch" };
}

/** Whether two answers to one field are the same by its own comparison; levels are when they are equal. */
export function sameAnswer(field: AnswerField, one: AnswerValue | undefined, other: unknown): boolean {
  if (field.type === "rubric") return numberValue(one) === numberValue(other);
  return compareField(field, one, other).result === "match";
}

function sameValue(field: AnswerField, answer: AnswerValue, output: unknown): boolean {
  switch (field.type) {
    case "boolean":
      return same(booleanValue(answer), booleanValue(output));
    case "number":
      return sameNumber(numberValue(answer), numberValue(output), field.tolerance);
    case "date":
      return sameNumber(
        dayNumber(answer),
        dayNumber(output),
        field.tolerance && { absolute: field.tolerance.absolute },
      );
    default:
      return same(textValue(answer), textValue(output));
  }
}

function same<T>(expected: T | null, actual: T | null): boolean {
  return expected !== null && expected === actual;
}

/** Within the absolute or the relative tolerance: |output − truth| ≤ relative·|truth|. */
function sameNumber(
  truth: number | null,
  output: number | null,
  tolerance: { absolute?: number | undefined; relative?: number | undefined } | undefined,
): boolean {
  if (truth === null || output === null) return false;
  const distance = Math.abs(output - truth);
  return (
    distance === 0 ||
    distance <= (tolerance?.absolute ?? 0) ||
    distance <= (tolerance?.relative ?? 0) * Math.abs(truth)
  );
}

/** Equal after normalisation, or close enough where the form says how close that is. */
function compareTexts(field: AnswerField, expected: string | null, actual: string | null): FieldComparison {
  if (expected === null || actual === null) return { result: "mismatch" };
  const [one, other] = [normalisedText(expected, field.normalise), normalisedText(actual, field.normalise)];
  if (field.similarity === undefined && !field.partial_credit)
    return { result: one === other ? "match" : "mismatch" };
  const score = textSimilarity(one, other);
  return { result: score >= (field.similarity ?? 1) ? "match" : "mismatch", score };
}

/** Jaccard: the share of all different members that both have. An empty set is the same as none. */
function compareSets(field: AnswerField, answer: AnswerValue | undefined, output: unknown): FieldComparison {
  const [expected, actual] = [setValue(field, answer), setValue(field, output)];
  if (expected?.size === 0 && actual?.size === 0) return { result: "match" };
  if (expected?.size === 0) return { result: "extra" };
  if (actual?.size === 0) return { result: "missing" };
  if (!expected || !actual) return { result: "mismatch" };
  const shared = [...expected].filter((member) => actual.has(member)).length;
  const score = shared / (expected.size + actual.size - shared);
  return { result: score >= (field.overlap ?? 1) ? "match" : "mismatch", score };
}

/** The reviewer scores the output itself: there is nothing in it to compare with. */
function scored(field: AnswerField, answer: AnswerValue | undefined): FieldComparison {
  const level = numberValue(answer);
  return level === null ? { result: "mismatch" } : rubricResult(field.rubric, level);
}
