import { pointerValue } from "@/lib/core/json-pointer";
import { isAbsent } from "./field-value";
import { readValue } from "./parse-answer";
import { isAskedLate } from "./rubric";
import type { AnswerDefinition, AnswerField } from "./schema";
import type { FieldReading } from "./trial-schema";

const MOST_EXAMPLES = 3;

/** What outputs say to each question of a form. */
export function fieldReadings(definition: AnswerDefinition, outputs: readonly unknown[]): FieldReading[] {
  return definition.fields.map((field) => {
    const values = outputs
      .map((output) => pointerValue(output, field.output_path))
      .filter((value) => !isAbsent(value));
    const unreadable = values.filter((value) => !canBeRead(field, value));
    const shown = (unreadable.length > 0 ? unreadable : values).map(asExample);
    return {
      key: field.key,
      found: values.length,
      unreadable: unreadable.length,
      examples: [...new Set(shown)].slice(0, MOST_EXAMPLES),
    };
  });
}

/** A score is the reviewer's own, so that any output has something to be scored. */
function canBeRead(field: AnswerField, value: unknown): boolean {
  if (isAskedLate(field)) return true;
  const read = readValue(field, value);
  if (read === undefined) return false;
  if (!field.options || read === null) return true;
  const known = new Set(field.options.map((option) => option.value));
  return [read].flat().every((each) => known.has(String(each)));
}

function asExample(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
