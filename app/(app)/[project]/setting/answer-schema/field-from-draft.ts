import { type FieldDraft, hasOptions, hasPartialCredit, round } from "./field-draft";

/** What is not right yet, in sentences by part. */
export function fieldProblems(field: FieldDraft): Record<string, string> {
  const problems: Record<string, string> = {};
  if (field.label.trim() === "") problems.label = "Write the question that reviewers answer.";
  for (const part of ["outputPath", "truthPath"] as const)
    if (field[part] !== "" && !field[part].startsWith("/"))
      problems[part] = "Begin with a slash, like /label, or leave it empty for the whole value.";
  if (hasOptions(field)) {
    const values = optionLines(field.options).map((option) => option.value);
    if (values.length < 2) problems.options = "Give at least two options, one a line.";
    else if (new Set(values).size < values.length) problems.options = "Two options have the same value.";
  }
  for (const part of ["similarity", "overlap"] as const)
    if (isUsed(field, part) && !(Number(field[part]) > 0 && Number(field[part]) <= 100))
      problems[part] = "Enter a number above 0, up to 100, or leave it empty.";
  if (field.type === "rubric") {
    const levels = anchorLines(field.anchors).length;
    if (levels < 2 || levels > 10) problems.anchors = "Give two to ten scores, one a line.";
    else if (!/^\d+$/.test(field.rightFrom.trim()) || !isBetween(Number(field.rightFrom), 1, levels))
      problems.rightFrom = `Enter a score from 1 to ${levels}.`;
  }
  for (const part of ["relative", "absolute"] as const)
    if (field[part].trim() !== "" && !(Number(field[part]) >= 0))
      problems[part] = "Enter a number from 0 up.";
  if (!(Number(field.weight) > 0)) problems.weight = "Enter a number above 0.";
  return problems;
}

/** The field that a draft means. */
export function fieldFrom(field: FieldDraft, key: string): Record<string, unknown> {
  return {
    key,
    label: field.label.trim(),
    ...(field.hint.trim() === "" ? {} : { hint: field.hint.trim() }),
    type: field.type,
    ...(hasOptions(field) ? { options: optionLines(field.options) } : {}),
    ...toleranceFrom(field),
    ...(field.type === "text" || field.type === "list" ? { normalise: field.normalise } : {}),
    ...(isUsed(field, "similarity") ? { similarity: shareFrom(field.similarity) } : {}),
    ...(isUsed(field, "overlap") ? { overlap: shareFrom(field.overlap) } : {}),
    ...(field.type === "rubric"
      ? { rubric: { anchors: anchorLines(field.anchors), right_from: Number(field.rightFrom) } }
      : {}),
    ...(field.partial && hasPartialCredit(field) ? { partial_credit: true } : {}),
    output_path: field.outputPath.trim(),
    truth_path: field.truthPath.trim(),
    weight: Number(field.weight),
    required: field.required,
  };
}

function toleranceFrom(field: FieldDraft): Record<string, unknown> {
  const absolute = field.absolute.trim() === "" ? {} : { absolute: Number(field.absolute) };
  const relative = field.relative.trim() === "" ? {} : { relative: shareFrom(field.relative) };
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

const BELONGS = { similarity: ["text"], overlap: ["categories", "list"] };

function isUsed(field: FieldDraft, part: keyof typeof BELONGS): boolean {
  return BELONGS[part].includes(field.type) && field[part].trim() !== "";
}

const shareFrom = (percent: string) => round(Number(percent) / 100);
const isBetween = (value: number, low: number, high: number) => value >= low && value <= high;

/** A line each; blank ones at the end are no scores. */
function anchorLines(text: string): string[] {
  return text
    .trimEnd()
    .split("\n")
    .map((line) => line.trim().slice(0, 300));
}
