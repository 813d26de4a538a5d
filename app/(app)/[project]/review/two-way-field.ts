import { isAskedLate } from "@/lib/review/rubric";
import type { AnswerField } from "@/lib/review/schema";

/** The only question, when it has two answers. */
export function twoWayField(fields: readonly AnswerField[]): AnswerField | null {
  const [field] = fields.filter((each) => !isAskedLate(each));
  if (!field || fields.length > 1) return null;
  return field.type === "boolean" || (field.type === "category" && field.options?.length === 2)
    ? field
    : null;
}
