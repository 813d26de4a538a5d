import { pointerValue } from "@/lib/core/json-pointer";
import { compareField } from "./compare-field";
import { isAbsent } from "./field-value";
import { isAskedLate } from "./rubric";
import type { Answer, AnswerDefinition, AnswerValue, Comparison } from "./schema";
import { weightedScore } from "./weighted-score";

/**
 * Compares an answer (a reviewer's, or a truth's) with an output, field by field. Never throws, whatever the output is: what
 * cannot be read as the field's type is a mismatch. A level that is not given (the output was not seen yet) counts neither way.
 */
export function compareAnswer(definition: AnswerDefinition, answer: Answer, output: unknown): Comparison {
  const compared = definition.fields.flatMap((field) => {
    const stated = ownValue(answer, field.key);
    if (isAskedLate(field) && isAbsent(stated)) return [];
    return [{ field, ...compareField(field, stated, pointerValue(output, field.output_path)) }];
  });
  const fieldResults = compared.map(({ field, ...result }) => ({ field: field.key, ...result }));
  const weighed = compared.map(({ field, ...result }) => ({ ...field, ...result }));
  return { fieldResults, ...weightedScore(weighed, definition.threshold) };
}

function ownValue(answer: Answer, key: string): AnswerValue | undefined {
  return Object.hasOwn(answer, key) ? answer[key] : undefined;
}
