import {
  type AnswerDefinition,
  type AnswerField,
  answerDefinitionSchema,
  type FieldType,
} from "@/lib/review/schema";
import { newKey } from "./new-key";
import { type TagDraft, type TagEvent, tagDrafts, tagReducer, tagsFrom } from "./tag-draft";

/** A field as it stands in the editor: everything typed is text until it is saved. */
export interface FieldDraft {
  id: number;
  /** Kept over versions, so that answers of one field stay comparable; empty for a new field. */
  key: string;
  label: string;
  hint: string;
  type: FieldType;
  /** One option a line: "value" or "value = what reviewers read". */
  options: string;
  outputPath: string;
  truthPath: string;
  /** Per cent of the answer, and in the answer's own unit (of a date: days). */
  relative: string;
  absolute: string;
  normalise: { case: boolean; space: boolean; punctuation: boolean; accents: boolean };
  weight: string;
  required: boolean;
}

export interface FormDraft {
  fields: readonly FieldDraft[];
  /** Per cent of the weight that must match. */
  threshold: string;
  tags: readonly TagDraft[];
  severities: boolean;
  instructions: string;
  nextId: number;
}

export type FormEvent =
  | { type: "changed"; id: number; change: Partial<FieldDraft> }
  | { type: "added" }
  | { type: "removed"; id: number }
  | { type: "moved"; id: number; by: 1 | -1 }
  | { type: "threshold"; value: string }
  | { type: "severities"; value: boolean }
  | { type: "instructions"; value: string }
  | TagEvent
  | { type: "replaced"; draft: FormDraft };

const NORMALISE = { case: true, space: true, punctuation: false, accents: false };

function emptyField(id: number): FieldDraft {
  return {
    id,
    key: "",
    label: "",
    hint: "",
    type: "category",
    options: "",
    outputPath: "",
    truthPath: "",
    relative: "",
    absolute: "",
    normalise: NORMALISE,
    weight: "1",
    required: true,
  };
}

export function draftFrom(definition: AnswerDefinition | null, instructions: string): FormDraft {
  const fields = definition?.fields.map(fieldDraft) ?? [emptyField(0)];
  return {
    fields,
    threshold: String(round((definition?.threshold ?? 1) * 100)),
    tags: tagDrafts(definition),
    severities: definition?.severities ?? false,
    instructions,
    nextId: fields.length,
  };
}

function fieldDraft(field: AnswerField, id: number): FieldDraft {
  const { absolute, relative } = field.tolerance ?? {};
  return {
    ...emptyField(id),
    key: field.key,
    label: field.label,
    hint: field.hint ?? "",
    type: field.type,
    options: (field.options ?? [])
      .map(({ value, label }) => (value === label ? value : `${value} = ${label}`))
      .join("\n"),
    outputPath: field.output_path,
    truthPath: field.truth_path,
    relative: relative === undefined ? "" : String(round(relative * 100)),
    absolute: absolute === undefined ? "" : String(absolute),
    normalise: { ...NORMALISE, ...field.normalise },
    weight: String(field.weight),
    required: field.required,
  };
}

const round = (value: number) => Number(value.toPrecision(12));

export function formReducer(draft: FormDraft, event: FormEvent): FormDraft {
  switch (event.type) {
    case "changed":
      return {
        ...draft,
        fields: draft.fields.map((field) => (field.id === event.id ? { ...field, ...event.change } : field)),
      };
    case "added":
      return { ...draft, fields: [...draft.fields, emptyField(draft.nextId)], nextId: draft.nextId + 1 };
    case "removed":
      return { ...draft, fields: draft.fields.filter((field) => field.id !== event.id) };
    case "moved":
      return { ...draft, fields: moved(draft.fields, event.id, event.by) };
    case "threshold":
      return { ...draft, threshold: event.value };
    case "severities":
      return { ...draft, severities: event.value };
    case "tag changed":
    case "tag added":
    case "tag removed":
      return { ...draft, tags: tagReducer(draft.tags, event) };
    case "instructions":
      return { ...draft, instructions: event.value };
    case "replaced":
      return event.draft;
  }
}

function moved(fields: readonly FieldDraft[], id: number, by: 1 | -1): FieldDraft[] {
  const at = fields.findIndex((field) => field.id === id);
  const to = at + by;
  const [one, other] = [fields[at], fields[to]];
  if (!one || !other) return [...fields];
  return fields.map((field, index) => (index === at ? other : index === to ? one : field));
}

export type Drawn =
  | { ok: true; definition: AnswerDefinition }
  /** Sentences by "field id.part", or "form". */
  | { ok: false; problems: Readonly<Record<string, string>> };

/** The definition that a draft means, or what is not right yet, in sentences. */
export function definitionFrom(draft: FormDraft): Drawn {
  const problems: Record<string, string> = {};
  const taken = new Set(draft.fields.map((field) => field.key).filter(Boolean));
  const fields = draft.fields.map((field) => {
    for (const [part, sentence] of Object.entries(fieldProblems(field)))
      problems[`${field.id}.${part}`] = sentence;
    return fieldFrom(field, field.key || newKey(field.label, taken));
  });
  const threshold = Number(draft.threshold) / 100;
  if (!(threshold > 0 && threshold <= 1)) problems.form = "Choose a share between 1 and 100 per cent.";
  if (fields.length === 0) problems.form = "A form needs at least one question.";
  if (Object.keys(problems).length > 0) return { ok: false, problems };
  const parsed = answerDefinitionSchema.safeParse({
    fields,
    threshold,
    error_tags: tagsFrom(draft.tags),
    severities: draft.severities,
  });
  if (parsed.success) return { ok: true, definition: parsed.data };
  for (const issue of parsed.error.issues) {
    const [list, index, part] = issue.path;
    const id = list === "fields" && typeof index === "number" ? draft.fields[index]?.id : undefined;
    problems[id === undefined ? "form" : `${id}.${String(part ?? "label")}`] = issue.message;
  }
  return { ok: false, problems };
}

function fieldProblems(field: FieldDraft): Record<string, string> {
  const problems: Record<string, string> = {};
  if (field.label.trim() === "") problems.label = "Write the question that reviewers answer.";
  for (const part of ["outputPath", "truthPath"] as const)
    if (field[part] !== "" && !field[part].startsWith("/"))
      problems[part] = "Begin with a slash, like /label, or leave it empty for the whole value.";
  if (field.type === "category") {
    const values = optionLines(field.options).map((option) => option.value);
    if (values.length < 2) problems.options = "Give at least two options, one a line.";
    else if (new Set(values).size < values.length) problems.options = "Two options have the same value.";
  }
  for (const part of ["relative", "absolute"] as const)
    if (field[part].trim() !== "" && !(Number(field[part]) >= 0))
      problems[part] = "Enter a number from 0 up.";
  if (!(Number(field.weight) > 0)) problems.weight = "Enter a number above 0.";
  return problems;
}

function fieldFrom(field: FieldDraft, key: string): Record<string, unknown> {
  return {
    key,
    label: field.label.trim(),
    ...(field.hint.trim() === "" ? {} : { hint: field.hint.trim() }),
    type: field.type,
    ...(field.type === "category" ? { options: optionLines(field.options) } : {}),
    ...toleranceFrom(field),
    ...(field.type === "text" ? { normalise: field.normalise } : {}),
    output_path: field.outputPath.trim(),
    truth_path: field.truthPath.trim(),
    weight: Number(field.weight),
    required: field.required,
  };
}

function toleranceFrom(field: FieldDraft): Record<string, unknown> {
  const absolute = field.absolute.trim() === "" ? {} : { absolute: Number(field.absolute) };
  const relative = field.relative.trim() === "" ? {} : { relative: round(Number(field.relative) / 100) };
  if (field.type === "date") return { tolerance: absolute };
  return field.type === "number" ? { tolerance: { ...absolute, ...relative } } : {};
}

function optionLines(text: string): { value: string; label: string }[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .map((line) => {
      const at = line.indexOf(" = ");
      return at < 0
        ? { value: line, label: line }
        : { value: line.slice(0, at).trim(), label: line.slice(at + 3).trim() };
    });
}
