import type { AnswerDefinition, AnswerField } from "@/lib/review/schema";
import { isAskedLate } from "@/lib/review/rubric";
import type { ReviewItem, UndoneReview } from "@/lib/review/wire-schema";
import { answerFromDraft, type Draft, draftFromAnswer } from "./answer-draft";
import type { HeldItem } from "./review-state";

/** What a person says about a wrong output, beside that it is wrong. */
export type Remark = Pick<HeldItem, "errorTags" | "severity" | "correction">;

export const NO_REMARK: Remark = { errorTags: [], severity: null, correction: null };

/** The parts of a remark as they are sent: of a right output, and of one that was not seen, none. */
export function remarkBody(held: HeldItem, verdict: string | null): Record<string, unknown> {
  if (verdict !== "INCORRECT" || !held.item.revealed) return {};
  const correction = correctionOf(held);
  return {
    ...(held.errorTags.length > 0 ? { error_tags: [...held.errorTags] } : {}),
    ...(held.severity ? { severity: held.severity } : {}),
    ...(correction ? { correction } : {}),
  };
}

/** What can be corrected: every question, and in place of a score the words that were scored. */
export function correctionFields(definition: AnswerDefinition): AnswerField[] {
  const places = new Set<string>();
  return definition.fields.flatMap((field): AnswerField[] => {
    if (!isAskedLate(field)) return [{ ...field, required: false }];
    // Several scores of one text have one correction.
    if (places.has(field.output_path)) return [];
    places.add(field.output_path);
    const { rubric: _rubric, hint: _hint, ...words } = field;
    return [{ ...words, type: "text", label: "What it should have said", required: false }];
  });
}

/** The correction as it begins: the own answer, and the scored words as they are in the output. */
export function correctionStart({ form, revealed }: ReviewItem): Draft {
  if (!revealed) return {};
  const late = form.definition.fields.filter(isAskedLate);
  const words = late.map(({ key }): [string, string] => [key, wordsOf(revealed.output_values[key])]);
  return { ...Object.fromEntries(words), ...draftFromAnswer(withoutLate(revealed.answer, late)) };
}

function withoutLate<T>(
  answer: Readonly<Record<string, T>>,
  late: readonly AnswerField[],
): Record<string, T> {
  const keys = new Set(late.map((field) => field.key));
  return Object.fromEntries(Object.entries(answer).filter(([key]) => !keys.has(key)));
}

function wordsOf(value: unknown): string {
  if (value === undefined || value === null) return "";
  return typeof value === "string" ? value : JSON.stringify(value, null, 2);
}

/** What differs from the beginning, by field; null when nothing does or it cannot be read yet. */
function correctionOf({ item, correction }: HeldItem): Record<string, unknown> | null {
  if (!correction) return null;
  const fields = correctionFields(item.form.definition);
  const stated = answerFromDraft({ ...item.form.definition, fields }, correction);
  if (!stated.ok) return null;
  const before = answerFromDraft({ ...item.form.definition, fields }, correctionStart(item));
  const start = before.ok ? before.answer : {};
  const changed = Object.entries(stated.answer).filter(
    ([key, value]) => JSON.stringify(value) !== JSON.stringify(start[key] ?? null),
  );
  return changed.length > 0 ? Object.fromEntries(changed) : null;
}

/** What had been remarked before a decision was taken back. */
export function remarkBefore(before: UndoneReview["before"], item: ReviewItem): Remark {
  const { correction } = before;
  const stored = typeof correction === "object" && correction !== null ? correction : null;
  return {
    errorTags: before.error_tags,
    severity: before.severity,
    correction: stored && {
      ...correctionStart(item),
      ...draftFromAnswer(stored as Parameters<typeof draftFromAnswer>[0]),
    },
  };
}
