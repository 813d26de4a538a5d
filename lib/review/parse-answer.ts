import { pointerValue } from "@/lib/core/json-pointer";
import { booleanValue, dayNumber, isAbsent, numberValue, textValue } from "./field-value";
import type { Answer, AnswerDefinition, AnswerField, AnswerValue } from "./schema";

export type ParsedAnswer = { ok: true; answer: Answer } | { ok: false; fields: Record<string, string> };

/** A reviewer's answer checked against the definition: one sentence for each field that is not right. */
export function parseAnswer(definition: AnswerDefinition, raw: Record<string, unknown>): ParsedAnswer {
  const problems: Record<string, string> = {};
  const answer: Answer = {};
  const known = new Set(definition.fields.map((field) => field.key));
  for (const key of Object.keys(raw))
    if (!known.has(key)) problems[key] = "This field is not part of the form.";
  for (const field of definition.fields) {
    const value = Object.hasOwn(raw, field.key) ? raw[field.key] : null;
    if (isAbsent(value)) {
      if (field.required) problems[field.key] = `Please answer “${field.label}”.`;
      answer[field.key] = null;
      continue;
    }
    const problem = wrongValue(field, value);
    if (problem) problems[field.key] = problem;
    else answer[field.key] = value as AnswerValue;
  }
  return Object.keys(problems).length > 0 ? { ok: false, fields: problems } : { ok: true, answer };
}

function wrongValue(field: AnswerField, value: unknown): string | null {
  switch (field.type) {
    case "category":
      return field.options?.some((option) => option.value === value)
        ? null
        : "Please choose one of the options.";
    case "boolean":
      return typeof value === "boolean" ? null : "Please choose yes or no.";
    case "number":
      return typeof value === "number" && Number.isFinite(value)
        ? null
        : "Please enter a number, like 1250.5.";
    case "date":
      return dayNumber(value) === null ? "Please enter a date, like 2026-03-02." : null;
    case "text":
      return typeof value === "string" && value.length <= 20_000
        ? null
        : "Please enter a text of at most 20,000 characters.";
  }
}

/** The answer inside a truth that came by API; null when it lacks a required field or a value cannot be read. */
export function answerFromTruth(definition: AnswerDefinition, truth: unknown): Answer | null {
  const answer: Answer = {};
  for (const field of definition.fields) {
    const raw = pointerValue(truth, field.truth_path);
    const value = isAbsent(raw) ? null : readValue(field, raw);
    if (value === undefined || (value === null && field.required)) return null;
    answer[field.key] = value;
  }
  return answer;
}

/** undefined = there is something, but not of this type. */
function readValue(field: AnswerField, raw: unknown): AnswerValue | undefined {
  switch (field.type) {
    case "number":
      return numberValue(raw) ?? undefined;
    case "boolean":
      return booleanValue(raw) ?? undefined;
    case "date":
      return typeof raw === "string" && dayNumber(raw) !== null ? raw : undefined;
    case "category":
    case "text":
      return textValue(raw) ?? undefined;
  }
}
