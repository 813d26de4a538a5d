import { isAskedLate } from "@/lib/review/rubric";
import type { Answer, AnswerDefinition, AnswerField, AnswerValue } from "@/lib/review/schema";

/** What stands in a field: texts (and lists, line by line) as typed, levels as their digit, booleans and options as chosen. */
export type Drafted = string | boolean | readonly string[];

/** What stands in the form now. */
export type Draft = Readonly<Record<string, Drafted>>;

export type StatedDraft =
  | { ok: true; answer: Answer }
  | { ok: false; problems: Readonly<Record<string, string>>; firstField: number };

/** The answer that a draft states before the output is shown, or one sentence for each field that is not right yet. */
export function answerFromDraft(definition: AnswerDefinition, draft: Draft): StatedDraft {
  return statedBy(definition.fields, draft, (field) => !isAskedLate(field));
}

/** The same for what is asked about the output itself. */
export function lateFromDraft(definition: AnswerDefinition, draft: Draft): StatedDraft {
  return statedBy(definition.fields, draft, isAskedLate);
}

function statedBy(
  fields: readonly AnswerField[],
  draft: Draft,
  isAsked: (field: AnswerField) => boolean,
): StatedDraft {
  const answer: Answer = {};
  const problems: Record<string, string> = {};
  let firstField = -1;
  for (const [index, field] of fields.filter(isAsked).entries()) {
    const read = readField(field, draft[field.key]);
    if (typeof read === "object" && read !== null && "problem" in read) {
      problems[field.key] = read.problem;
      if (firstField < 0) firstField = index;
    } else answer[field.key] = read;
  }
  return firstField < 0 ? { ok: true, answer } : { ok: false, problems, firstField };
}

const CHOSEN = new Set<AnswerField["type"]>(["category", "categories", "boolean", "rubric"]);

function readField(field: AnswerField, drafted: Drafted | undefined): AnswerValue | { problem: string } {
  if (drafted === undefined || drafted.toString().trim() === "") {
    if (!field.required) return null;
    if (field.type === "rubric") return { problem: "Please score the output." };
    return { problem: CHOSEN.has(field.type) ? "Please choose an answer." : "Please fill in an answer." };
  }
  if (field.type === "list") return linesOf(drafted);
  if (typeof drafted === "boolean") return drafted;
  if (typeof drafted === "object") return [...drafted];
  if (field.type === "rubric") return Number(drafted);
  if (field.type !== "number") return drafted;
  return numberFrom(drafted) ?? { problem: "Please enter a number, like 1250.5." };
}

/** What stands in a field after an option was chosen: of several, one more or one less, in the order of the form. */
export function afterChoosing(
  field: AnswerField,
  standing: Drafted | undefined,
  value: string | boolean,
): Drafted | undefined {
  if (field.type !== "categories") return value;
  const before = typeof standing === "object" ? standing : [];
  const after = (field.options ?? [])
    .map((option) => option.value)
    .filter((each) => before.includes(each) !== (each === value));
  return after.length > 0 ? after : undefined;
}

/** What stands on the lines of a list: each once, without blank ones. */
function linesOf(drafted: Drafted): string[] {
  const lines = typeof drafted === "object" ? drafted : String(drafted).split("\n");
  return [...new Set(lines.map((line) => line.trim()).filter((line) => line !== ""))];
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
  const draft: Record<string, Drafted> = {};
  for (const [key, value] of Object.entries(answer ?? {}))
    if (value !== null) draft[key] = typeof value === "number" ? String(value) : value;
  return draft;
}
