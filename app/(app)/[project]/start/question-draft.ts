import type { AnswerDefinition, AnswerField } from "@/lib/review/schema";

export interface QuestionDraft {
  field: AnswerField;
  asked: boolean;
  /** One a line. */
  choices: string;
}

const LONGEST_CHOICE = 40;
const MOST_CHOICES = 12;

const TYPES: Partial<Record<AnswerField["type"], string>> = {
  boolean: "yes or no",
  number: "a number, 5 % off is fine",
  date: "a date",
  list: "a list, written",
  categories: "several out of a list",
  rubric: "a grade",
};

/** What a reviewer is asked for, in words. */
export function asksFor(field: AnswerField, choices: string): string {
  if (!takesChoices(field)) return TYPES[field.type] ?? field.type;
  const count = linesOf(choices).length;
  return count >= 2 ? `one of ${count}` : "a text, written";
}

/** Short texts may come out of a list that a few samples do not show whole. */
export function takesChoices(field: AnswerField): boolean {
  return field.type === "category" || field.type === "text";
}

/** What the list begins with: the options that the outputs suggest, else the short answers that were pasted. */
export function choicesOf(field: AnswerField, seen: readonly string[] = []): string[] {
  if (field.type === "category") return (field.options ?? []).map(({ value }) => value);
  const words = [...new Set(seen)].filter((text) => text.length <= LONGEST_CHOICE);
  return field.type === "text" && words.length === new Set(seen).size && words.length <= MOST_CHOICES
    ? words
    : [];
}

function linesOf(choices: string): string[] {
  return [...new Set(choices.split("\n").map((line) => line.trim()))].filter((line) => line !== "");
}

/** The form of the questions that are asked. */
export function formFrom(drafts: readonly QuestionDraft[]): Omit<AnswerDefinition, "threshold"> {
  return { fields: drafts.filter(({ asked }) => asked).map(fieldOf) };
}

function fieldOf({ field, choices }: QuestionDraft): AnswerField {
  if (!takesChoices(field)) return field;
  const values = linesOf(choices);
  const { options: _options, normalise: _normalise, ...shared } = field;
  return values.length >= 2
    ? {
        ...shared,
        type: "category",
        options: values.map((value) => ({ value, label: value.replaceAll("_", " ") })),
      }
    : {
        ...shared,
        type: "text",
        normalise: { case: true, space: true, punctuation: false, accents: false },
      };
}
