import type { Answer, AnswerDefinition, AnswerField, AnswerValue } from "@/lib/review/schema";

/** What stands in the form now: texts as typed, booleans as chosen. */
export type Draft = Readonly<Record<string, string | boolean>>;

export type Drafted =
  | { ok: true; answer: Answer }
  | { ok: false; problems: Readonly<Record<string, string>>; firstField: number };

/** The answer that a draft states, or one sentence for each field that is not right yet. */
export function answerFromDraft(definition: AnswerDefinition, draft: Draft): Drafted {
  const answer: Answer = {};
  const problems: Record<string, string> = {};
  let firstField = -1;
  for (const [index, field] of definition.fields.entries()) {
    const read = readField(field, draft[field.key]);
    if (typeof read === "object" && read !== null) {
      problems[field.key] = read.problem;
      if (firstField < 0) firstField = index;
    } else answer[field.key] = read;
  }
  return firstField < 0 ? { ok: true, answer } : { ok: false, problems, firstField };
}

function readField(
  field: AnswerField,
  typed: string | boolean | undefined,
): AnswerValue | { problem: string } {
  if (typed === undefined || (typeof typed === "string" && typed.trim() === "")) {
    if (!field.required) return null;
    return {
      problem:
        field.type === "category" || field.type === "boolean"
          ? "Please choose an answer."
          : "Please fill in an answer.",
    };
  }
  if (field.type !== "number" || typeof typed === "boolean") return typed;
  const number = numberFrom(typed);
  return number === null ? { problem: "Please enter a number, like 1250.5." } : number;
}

/** "1,250.5", "1 250.5", "−3" → number; null for everything that could be meant in two ways. */
export function numberFrom(text: string): number | null {
  const plain = text
    .trim()
    .replace("−", "-")
    .replaceAll(/[\s\u00a0\u202f]/g, "");
  const joined = /^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(plain) ? plain.replaceAll(",", "") : plain;
  if (!/^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d{1,3})?$/i.test(joined)) return null;
  const number = Number(joined);
  return Number.isFinite(number) ? number : null;
}

/** A stated answer as it would stand in the form. */
export function draftFromAnswer(answer: Answer | null): Draft {
  const draft: Record<string, string | boolean> = {};
  for (const [key, value] of Object.entries(answer ?? {}))
    if (value !== null) draft[key] = typeof value === "number" ? String(value) : value;
  return draft;
}
