import { pointerTo } from "@/lib/core/json-pointer";
import { booleanValue, dayNumber, isAbsent } from "./field-value";
import { USUAL_LEVELS, USUAL_RIGHT_FROM } from "./rubric";
import type { AnswerDefinition, AnswerField } from "./schema";

const MAX_FIELDS = 20;
const MAX_DEPTH = 3;
const MAX_OPTIONS = 40;
/** A field must be there in at least this share of the outputs. */
const MIN_PRESENT = 0.5;
/** Share of values seen only once up to which a text counts as a label out of a closed list. */
const MAX_UNSEEN = 0.02;
/** Nobody writes a text of this length once more, word by word: it is scored instead. Half of the texts are as long. */
const LONG_TEXT = 200;
/** Numbers that describe the model's own work and are nothing that a person could answer. */
const ABOUT_THE_MODEL =
  /(^|[^a-z])(prob|confid|score|logit|latency|duration|token|cost|trace|embedding|uuid|model|version)|(^|_)id$/i;

/** A form to start from, read off what a model put out (and truths, when there are some); null when nothing can be answered. */
export function suggestDefinition(
  outputs: readonly unknown[],
  truths: readonly unknown[] = [],
): AnswerDefinition | null {
  const truthsByPath = valuesByPath(truths);
  const fields: AnswerField[] = [];
  for (const [path, values] of valuesByPath(outputs)) {
    if (fields.length === MAX_FIELDS) break;
    if (values.length < outputs.length * MIN_PRESENT || ABOUT_THE_MODEL.test(lastPart(path))) continue;
    const field = fieldFor(path, values, truthsByPath.get(path) ?? []);
    if (field) fields.push({ ...field, required: values.length === outputs.length });
  }
  return fields.length > 0 ? { fields: withOwnKeys(fields), threshold: 1 } : null;
}

/** Scalars and lists of texts by pointer, in order of first sight. */
export function valuesByPath(documents: readonly unknown[]): Map<string, unknown[]> {
  const found = new Map<string, unknown[]>();
  const visit = (path: string, value: unknown, depth: number): void => {
    if (isAbsent(value) || (Array.isArray(value) && !isTextList(value))) return;
    if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      if (depth === MAX_DEPTH) return;
      for (const [name, member] of Object.entries(value)) visit(pointerTo(path, name), member, depth + 1);
      return;
    }
    const known = found.get(path);
    if (known) known.push(value);
    else found.set(path, [value]);
  };
  for (const document of documents) visit("", document, 0);
  return found;
}

function fieldFor(path: string, values: unknown[], truths: unknown[]): AnswerField | null {
  const base = {
    key: "answer",
    label: labelOf(path),
    output_path: path,
    truth_path: path,
    weight: 1,
    required: true,
  };
  const all = (test: (value: unknown) => boolean) => values.every(test);
  if (all((value) => typeof value === "boolean")) return { ...base, type: "boolean" };
  if (all((value) => typeof value === "number"))
    return { ...base, type: "number", tolerance: { relative: 0.05 } };
  if (all(isTextList)) return { ...base, ...listFor([...values, ...truths].filter(isTextList).flat()) };
  if (!all((value) => typeof value === "string")) return null;
  if (all((value) => dayNumber(value) !== null)) return { ...base, type: "date" };
  const options = closedList([...values, ...truths].filter((value) => typeof value === "string"));
  if (options) {
    const twoSided = options.length === 2 && options.every((option) => booleanValue(option) !== null);
    const inOrder = twoSided
      ? options.sort((a, b) => Number(booleanValue(b)) - Number(booleanValue(a)))
      : options;
    return {
      ...base,
      type: "category",
      options: inOrder.map((value) => ({ value, label: value.replaceAll("_", " ") })),
    };
  }
  if (truths.length === 0 && isLong(values.filter((value) => typeof value === "string"))) {
    return { ...base, type: "rubric", rubric: { anchors: [...USUAL_LEVELS], right_from: USUAL_RIGHT_FROM } };
  }
  return {
    ...base,
    type: "text",
    normalise: { case: true, space: true, punctuation: false, accents: false },
  };
}

function isTextList(value: unknown): value is string[] {
  return Array.isArray(value) && value.length > 0 && value.every((each) => typeof each === "string");
}

/** Members out of a closed list are chosen, others are written. */
function listFor(members: string[]): Pick<AnswerField, "type" | "options" | "normalise"> {
  const options = closedList(members);
  return options
    ? { type: "categories", options: options.map((value) => ({ value, label: value.replaceAll("_", " ") })) }
    : { type: "list", normalise: { case: true, space: true, punctuation: false, accents: false } };
}

function isLong(texts: readonly string[]): boolean {
  return texts.filter((text) => text.length >= LONG_TEXT).length * 2 > texts.length;
}

/** The distinct values, most frequent first, when nearly all that can come have been seen (Good–Turing); else null. */
function closedList(values: string[]): string[] | null {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const once = [...counts.values()].filter((count) => count === 1).length;
  if (counts.size < 2 || counts.size > MAX_OPTIONS || once > values.length * MAX_UNSEEN) return null;
  if ([...counts.keys()].some((value) => value.length > 200)) return null;
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([value]) => value);
}

function lastPart(path: string): string {
  return path
    .slice(path.lastIndexOf("/") + 1)
    .replaceAll("~1", "/")
    .replaceAll("~0", "~");
}

/** "priceAud", "price_aud" → "Price aud" */
function labelOf(path: string): string {
  const words = lastPart(path)
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/[_\-.]+/g, " ")
    .trim()
    .toLowerCase();
  const text = words === "" ? "Answer" : words;
  return (text.charAt(0).toUpperCase() + text.slice(1)).slice(0, 120);
}

function withOwnKeys(fields: AnswerField[]): AnswerField[] {
  const taken = new Set<string>();
  return fields.map((field) => {
    const base =
      lastPart(field.output_path)
        .replace(/[^a-zA-Z0-9_]+/g, "_")
        .replace(/^_+$/, "")
        .slice(0, 60) || "answer";
    let key = base;
    for (let count = 2; taken.has(key) || key === "__proto__"; count += 1)
      key = `${base.slice(0, 60)}_${count}`;
    taken.add(key);
    return { ...field, key };
  });
}
