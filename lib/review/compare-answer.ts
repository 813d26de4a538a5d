import { pointerValue } from "@/lib/core/json-pointer";
import { booleanValue, dayNumber, isAbsent, normalisedText, numberValue, textValue } from "./field-value";
import type {
  Answer,
  AnswerDefinition,
  AnswerField,
  AnswerValue,
  Comparison,
  FieldResultKind,
} from "./schema";

/** Scores are sums of doubles: a threshold that is met up to this is met. */
const SCORE_SLACK = 1e-9;

/**
 * Compares an answer (a reviewer's, or a truth's) with an output, field by field. Never throws, whatever the output is: what
 * cannot be read as the field's type is a mismatch.
 */
export function compareAnswer(definition: AnswerDefinition, answer: Answer, output: unknown): Comparison {
  const fieldResults = definition.fields.map((field) => ({
    field: field.key,
    result: compareField(field, ownValue(answer, field.key), pointerValue(output, field.output_path)),
  }));
  let matched = 0;
  let total = 0;
  for (const [index, field] of definition.fields.entries()) {
    total += field.weight;
    if (fieldResults[index]?.result === "match") matched += field.weight;
  }
  const score = matched === total ? 1 : matched / total;
  return {
    fieldResults,
    score,
    verdict: score >= definition.threshold - SCORE_SLACK ? "CORRECT" : "INCORRECT",
  };
}

/** One field. Both absent is a match: the output rightly says nothing. */
export function compareField(
  field: AnswerField,
  answer: AnswerValue | undefined,
  output: unknown,
): FieldResultKind {
  if (isAbsent(answer)) return isAbsent(output) ? "match" : "extra";
  if (isAbsent(output)) return "missing";
  return sameValue(field, answer as AnswerValue, output) ? "match" : "mismatch";
}

function sameValue(field: AnswerField, answer: AnswerValue, output: unknown): boolean {
  switch (field.type) {
    case "category":
      return same(textValue(answer), textValue(output));
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
    case "text": {
      const [expected, actual] = [textValue(answer), textValue(output)];
      if (expected === null || actual === null) return false;
      return normalisedText(expected, field.normalise) === normalisedText(actual, field.normalise);
    }
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

function ownValue(answer: Answer, key: string): AnswerValue | undefined {
  return Object.hasOwn(answer, key) ? answer[key] : undefined;
}
