import { pointerValue, withPointerValue } from "@/lib/core/json-pointer";
import { compareAnswer, compareField } from "./compare-answer";
import type { Answer, AnswerDefinition, AnswerField } from "./schema";
import { wrongValues } from "./wrong-value";

export interface SeededError {
  output: unknown;
  /** Key of the field that is wrong now. */
  field: string;
}

/**
 * A copy of a right output in which one field says something plausible that is wrong; null when no single field makes it wrong. The
 * other fields stay as they are.
 * @param random gives the next number in [0, 1)
 */
export function seedError(
  definition: AnswerDefinition,
  truth: Answer,
  output: unknown,
  random: () => number,
): SeededError | null {
  if (compareAnswer(definition, truth, output).verdict !== "CORRECT") return null;
  for (const field of shuffled(definition.fields, random)) {
    const seeded = wrongField(definition, field, truth, output, random);
    if (seeded !== undefined) return { output: seeded, field: field.key };
  }
  return null;
}

function wrongField(
  definition: AnswerDefinition,
  field: AnswerField,
  truth: Answer,
  output: unknown,
  random: () => number,
): unknown {
  const right = pointerValue(output, field.output_path);
  const answer = Object.hasOwn(truth, field.key) ? truth[field.key] : undefined;
  if (answer === undefined || answer === null || compareField(field, answer, right) !== "match")
    return undefined;
  for (const wrong of wrongValues(field, right, random)) {
    if (compareField(field, answer, wrong) === "match") continue;
    const seeded = withPointerValue(output, field.output_path, wrong);
    if (seeded !== undefined && compareAnswer(definition, truth, seeded).verdict === "INCORRECT")
      return seeded;
  }
  return undefined;
}

/** In an order drawn at random (Fisher and Yates). */
export function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const order = [...items];
  for (let last = order.length - 1; last > 0; last -= 1) {
    const at = Math.floor(random() * (last + 1));
    const [a, b] = [order[last], order[at]];
    if (a !== undefined && b !== undefined) [order[last], order[at]] = [b, a];
  }
  return order;
}
