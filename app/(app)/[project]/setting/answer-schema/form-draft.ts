import { type AnswerDefinition, answerDefinitionSchema } from "@/lib/review/schema";
import { emptyField, type FieldDraft, fieldDraft, round } from "./field-draft";
import { fieldFrom, fieldProblems } from "./field-from-draft";
import { newKey } from "./new-key";
import { type TagDraft, type TagEvent, tagDrafts, tagReducer, tagsFrom } from "./tag-draft";

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
  // One question has one threshold, its own: a second one could call right what it calls wrong.
  const isAlone = draft.fields.length === 1;
  const taken = new Set(draft.fields.map((field) => field.key).filter(Boolean));
  const fields = draft.fields.map((field) => {
    for (const [part, sentence] of Object.entries(fieldProblems(field)))
      problems[`${field.id}.${part}`] = sentence;
    const wanted = fieldFrom(field, field.key || newKey(field.label, taken));
    return isAlone ? { ...wanted, partial_credit: undefined } : wanted;
  });
  const share = Number(draft.threshold) / 100;
  if (!(share > 0 && share <= 1)) problems.form = "Choose a share between 1 and 100 per cent.";
  if (fields.length === 0) problems.form = "A form needs at least one question.";
  if (Object.keys(problems).length > 0) return { ok: false, problems };
  const parsed = answerDefinitionSchema.safeParse({
    fields,
    threshold: isAlone ? 1 : share,
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
