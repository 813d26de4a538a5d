import { pointerValue } from "@/lib/core/json-pointer";
import { isAskedLate } from "./rubric";
import { booleanValue, dayNumber, isAbsent, numberValue, setMembers, textValue } from "./field-value";
import {
  type Answer,
  type AnswerDefinition,
  type AnswerField,
  type AnswerValue,
  answerSchema,
} from "./schema";

export type ParsedAnswer = { ok: true; answer: Answer } | { ok: false; fields: Record<string, string> };

/** The questions that are answered before the output is shown. */
export function askedFirst(definition: AnswerDefinition): AnswerDefinition {
  return { ...definition, fields: definition.fields.filter((field) => !isAskedLate(field)) };
}

/** A reviewer's answer checked against the definition: one sentence for each field that is not right. */
export function parseAnswer(definition: AnswerDefinition, raw: Record<string, unknown>): ParsedAnswer {
  const problems: Record<string, string> = {};
  const answer: Answer = {};
  const known = new Set(definition.fields.map((field) => field.key));
  for (const key of Object.keys(raw))
    if (!known.has(key)) problems[key] = "This field is not part of the form.";
  for (const field of definition.fields) {
    const value = Object.hasOwn(raw, field.key) ? raw[field.key] : null;
    if (isAbsent(value) || (Array.isArray(value) && value.length === 0)) {
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
    case "categories":
      return isListOf(value, (each) => field.options?.some((option) => option.value === each) === true)
        ? null
        : "Please choose among the options, each once.";
    case "list":
      return isListOf(value, (each) => each.trim() !== "") &&
        answerSchema.safeParse({ [field.key]: value }).success
        ? null
        : "Please enter at most 200 lines of at most 2,000 characters, each once.";
    case "rubric":
      return Number.isInteger(value) && Number(value) >= 1 && Number(value) <= levelsOf(field)
        ? null
        : `Please give a score from 1 to ${levelsOf(field)}.`;
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

function isListOf(value: unknown, isRight: (each: string) => boolean): boolean {
  if (!Array.isArray(value) || new Set(value).size < value.length) return false;
  return value.every((each) => typeof each === "string" && isRight(each));
}

function levelsOf({ rubric }: AnswerField): number {
  return rubric?.anchors.length ?? 0;
}

/** The answer inside a truth that came by API; null when it lacks a required field or a value cannot be read. */
export function answerFromTruth(definition: AnswerDefinition, truth: unknown): Answer | null {
  const answer: Answer = {};
  for (const field of definition.fields) {
    const raw = pointerValue(truth, field.truth_path);
    const value = readValue(field, raw);
    if (value === undefined || (value === null && field.required)) return null;
    answer[field.key] = value;
  }
  return answer;
}

/** A value read as what a field asks: null = there is none, undefined = there is something, but not of this type. */
export function readValue(field: AnswerField, raw: unknown): AnswerValue | undefined {
  if (isAbsent(raw)) return null;
  switch (field.type) {
    case "number":
      return numberValue(raw) ?? undefined;
    case "boolean":
      return booleanValue(raw) ?? undefined;
    case "date":
      return typeof raw === "string" && dayNumber(raw) !== null ? raw : undefined;
    case "categories":
    case "list": {
      const members = setMembers(field, raw);
      return members?.length === 0 ? null : (members ?? undefined);
    }
    case "rubric": {
      const level = numberValue(raw);
      return level !== null && Number.isInteger(level) && level >= 1 && level <= levelsOf(field)
        ? level
        : undefined;
    }
    case "category":
    case "text":
      return textValue(raw) ?? undefined;
  }
}
