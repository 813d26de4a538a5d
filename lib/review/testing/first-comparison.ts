import { pointerValue } from "@/lib/core/json-pointer";
import {
  booleanValue,
  dayNumber,
  isAbsent,
  normalisedText,
  numberValue,
  textValue,
} from "@/lib/review/field-value";
import type {
  Answer,
  AnswerDefinition,
  AnswerField,
  AnswerValue,
  FieldResultKind,
} from "@/lib/review/schema";

/**
 * The comparison as it was when there were five kinds of answer and nothing between right and wrong, kept word for word: what was
 * judged by it must be judged the same for ever.
 */
export function firstComparison(definition: AnswerDefinition, answer: Answer, output: unknown) {
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
    verdict: score >= definition.threshold - 1e-9 ? "CORRECT" : "INCORRECT",
  };
}

function compareField(field: AnswerField, answer: AnswerValue | undefined, output: unknown): FieldResultKind {
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
    default: {
      const [expected, actual] = [textValue(answer), textValue(output)];
      if (expected === null || actual === null) return false;
      return normalisedText(expected, field.normalise) === normalisedText(actual, field.normalise);
    }
  }
}

function same<T>(expected: T | null, actual: T | null): boolean {
  return expected !== null && expected === actual;
}

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
