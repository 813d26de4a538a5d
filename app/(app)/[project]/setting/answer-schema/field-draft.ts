import { USUAL_LEVELS, USUAL_RIGHT_FROM } from "@/lib/review/rubric";
import type { AnswerField, FieldType } from "@/lib/review/schema";

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
  /** Per cent from which a text, or a set, is close enough; empty when it must be the same. */
  similarity: string;
  overlap: string;
  /** What each score means, one a line from 1 up, and the lowest that is right. */
  anchors: string;
  rightFrom: string;
  partial: boolean;
  weight: string;
  required: boolean;
}

const NORMALISE = { case: true, space: true, punctuation: false, accents: false };

const USUAL_ANCHORS = USUAL_LEVELS.join("\n");

export const hasOptions = ({ type }: Pick<FieldDraft, "type">) =>
  type === "category" || type === "categories";

/** Whether there is something between right and wrong. */
export const hasPartialCredit = ({ type }: Pick<FieldDraft, "type">) =>
  type === "categories" || type === "list" || type === "text" || type === "rubric";

export function emptyField(id: number): FieldDraft {
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
    similarity: "",
    overlap: "",
    anchors: USUAL_ANCHORS,
    rightFrom: String(USUAL_RIGHT_FROM),
    partial: false,
    weight: "1",
    required: true,
  };
}

export function fieldDraft(field: AnswerField, id: number): FieldDraft {
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
    relative: percentText(relative),
    absolute: absolute === undefined ? "" : String(absolute),
    similarity: percentText(field.similarity),
    overlap: percentText(field.overlap),
    anchors: field.rubric?.anchors.join("\n") ?? USUAL_ANCHORS,
    rightFrom: String(field.rubric?.right_from ?? USUAL_RIGHT_FROM),
    partial: field.partial_credit ?? false,
    normalise: { ...NORMALISE, ...field.normalise },
    weight: String(field.weight),
    required: field.required,
  };
}

/** Without the last digits that come from counting in doubles. */
export const round = (value: number) => Number(value.toPrecision(12));
const percentText = (share: number | undefined) => (share === undefined ? "" : String(round(share * 100)));
