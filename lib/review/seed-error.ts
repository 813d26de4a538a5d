import { pointerValue, withPointerValue } from "@/lib/core/json-pointer";
import { compareAnswer } from "./compare-answer";
import { compareField } from "./compare-field";
import type { Answer, AnswerDefinition, AnswerField } from "./schema";
import { wrongValues } from "./wrong-value";

export interface SeededError {
  output: unknown;
  /** Keys of the fields that are wrong now: one, or as many as it takes where one is not enough. */
  fields: string[];
}

/**
 * A copy of a right output in which one field says something plausible that is wrong; more than one only where none alone makes the
 * output wrong. Null when nothing does. The other fields stay as they are.
 * @param random gives the next number in [0, 1)
 */
export function seedError(
  definition: AnswerDefinition,
  truth: Answer,
  output: unknown,
  random: () => number,
): SeededError | null {
  if (compareAnswer(definition, truth, output).verdict !== "CORRECT") return null;
  const order = shuffled(definition.fields, random);
  const isWrong = (seeded: unknown) => compareAnswer(definition, truth, seeded).verdict === "INCORRECT";
  for (const field of order) {
    const seeded = wrongField(field, truth, output, random);
    if (seeded !== undefined && isWrong(seeded)) return { output: seeded, fields: [field.key] };
  }
  const together: SeededError = { output, fields: [] };
  for (const field of order) {
    const seeded = wrongField(field, truth, together.output, random);
    if (seeded === undefined) continue;
    together.output = seeded;
    together.fields.push(field.key);
    if (isWrong(seeded)) return together;
  }
  return null;
}

function wrongField(field: AnswerField, truth: Answer, output: unknown, random: () => number): unknown {
  const right = pointerValue(output, field.output_path);
  const answer = Object.hasOwn(truth, field.key) ? truth[field.key] : undefined;
  if (answer === undefined || answer === null || compareField(field, answer, right).result !== "match")
    return undefined;
  for (const wrong of wrongValues(field, right, random)) {
    if (compareField(field, answer, wrong).result === "match") continue;
    const seeded = withPointerValue(output, field.output_path, wrong);
    if (seeded !== undefined) return seeded;
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
