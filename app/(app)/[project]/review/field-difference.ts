import type { AnswerField, AnswerValue, FieldResultKind } from "@/lib/review/schema";
import { formatSignificant } from "@/lib/core/format";

export const RESULT_WORDS: Record<FieldResultKind, string> = {
  match: "Same",
  mismatch: "Differs",
  missing: "Missing in the output",
  extra: "Only in the output",
};

/** A value as a person reads it. */
export function shownValue(field: AnswerField, value: unknown): string {
  if (value === undefined || value === null || value === "") return "–";
  if (Array.isArray(value) && (field.type === "categories" || field.type === "list"))
    return value.length === 0
      ? "–"
      : value
          .map((each) => shownValue({ ...field, type: "category" }, each))
          .join(field.type === "list" ? "\n" : ", ");
  if (field.rubric && typeof value === "number") return levelName(value, field.rubric.anchors[value - 1]);
  if (field.type === "boolean" && typeof value === "boolean") return value ? "Yes" : "No";
  if (field.type === "category") {
    const known = field.options?.find((option) => option.value === value);
    if (known) return known.label;
  }
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** A level with what it means, where that is said. */
export function levelName(level: number, anchor: string | undefined): string {
  return anchor ? `${level} – ${anchor}` : String(level);
}

/** How far the output is from the answer, in words; null where that says nothing. */
export function distanceWords(
  field: AnswerField,
  answer: AnswerValue | undefined,
  output: unknown,
): string | null {
  if (field.type !== "number" || typeof answer !== "number") return null;
  const shown = typeof output === "string" && output.trim() !== "" ? Number(output) : output;
  if (typeof shown !== "number" || !Number.isFinite(shown) || shown === answer) return null;
  const difference = shown - answer;
  const share = answer === 0 ? "" : ` (${trimmed((100 * Math.abs(difference)) / Math.abs(answer))} %)`;
  return `${trimmed(Math.abs(difference))}${share} ${difference > 0 ? "above" : "below"} your answer${allowed(field)}`;
}

/** How close a text or a set is, in words; null where there is nothing between right and wrong. */
export function closenessWords(field: AnswerField, score: number | undefined): string | null {
  const needed = field.type === "text" ? field.similarity : field.overlap;
  if (score === undefined || score === 1 || field.type === "rubric") return null;
  const close = field.type === "text" ? "of the letters are the same" : "of all that either has is the same";
  return `${trimmed(Math.floor(score * 1000) / 10)} % ${close}${needed === undefined ? "" : `; ${trimmed(needed * 100)} % is enough`}`;
}

function allowed(field: AnswerField): string {
  const { absolute, relative } = field.tolerance ?? {};
  const parts = [
    ...(absolute === undefined ? [] : [trimmed(absolute)]),
    ...(relative === undefined ? [] : [`${trimmed(relative * 100)} %`]),
  ];
  return parts.length > 0 ? `; ${parts.join(" or ")} is allowed` : "";
}

function trimmed(value: number): string {
  return formatSignificant(value);
}
