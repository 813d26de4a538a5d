import type { Answer, AnswerDefinition, AnswerField } from "@/lib/review/schema";
import { answerDefinitionSchema } from "@/lib/review/schema";
import type { RecordedOutput } from "./recorded-stream";

/** What is compared: the field that outputs and truths share. */
export type RecordedRule =
  | { kind: "equal"; field: string }
  | { kind: "within"; field: string; relative: number };

/**
 * `equal:label`, `within:priceAud:0.3`, or, without text, the first field that outputs and truths share: texts must be equal,
 * numbers within 30 %. @throws Error when there is no such field.
 */
export function recordedRule(records: readonly RecordedOutput[], text?: string): RecordedRule {
  if (text) return parseRule(text);
  for (const { output, groundTruth } of records) {
    if (!isObject(output) || !isObject(groundTruth)) continue;
    const shared = Object.keys(groundTruth).find((key) => typeof groundTruth[key] === typeof output[key]);
    if (!shared) break;
    const numeric = typeof groundTruth[shared] === "number";
    return numeric ? { kind: "within", field: shared, relative: 0.3 } : { kind: "equal", field: shared };
  }
  throw new Error(
    "Outputs and truths share no field: name one with --rule equal:FIELD or --rule within:FIELD:0.3.",
  );
}

function parseRule(text: string): RecordedRule {
  const [kind, field, relative] = text.split(":");
  if (kind === "equal" && field && relative === undefined) return { kind, field };
  if (kind === "within" && field && Number(relative) > 0) return { kind, field, relative: Number(relative) };
  throw new Error(`--rule ${text} is neither equal:FIELD nor within:FIELD:TOLERANCE (0.3 is 30 %).`);
}

/** The answer schema with which the simulated reviewers judge. */
export function recordedDefinition(rule: RecordedRule, records: readonly RecordedOutput[]): AnswerDefinition {
  const path = `/${rule.field.replaceAll("~", "~0").replaceAll("/", "~1")}`;
  const common = { key: fieldKey(rule), label: rule.field, output_path: path, truth_path: path };
  const options = rule.kind === "equal" ? categoryOptions(rule.field, records) : null;
  const field: Partial<AnswerField> = options
    ? { type: "category", options }
    : rule.kind === "within"
      ? { type: "number", tolerance: { relative: rule.relative } }
      : { type: "text" };
  return answerDefinitionSchema.parse({ fields: [{ ...common, ...field }] });
}

/** The distinct texts of outputs and truths when they are few; null for free text. */
function categoryOptions(field: string, records: readonly RecordedOutput[]) {
  const values = new Set<string>();
  for (const { output, groundTruth } of records) {
    for (const side of [output, groundTruth]) {
      const value = isObject(side) ? side[field] : undefined;
      if (typeof value === "string" && value !== "") values.add(value);
    }
    if (values.size > 40) return null;
  }
  if (values.size < 2) return null;
  return [...values].sort().map((value) => ({ value, label: value.replaceAll("_", " ") }));
}

/** What a reviewer who knows the recorded truth answers; null when nobody can know it. */
export function recordedAnswer(rule: RecordedRule, groundTruth: unknown): Answer | null {
  const value = isObject(groundTruth) ? groundTruth[rule.field] : undefined;
  if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") return null;
  return { [fieldKey(rule)]: value };
}

function fieldKey(rule: RecordedRule): string {
  return rule.field.replaceAll(/[^a-zA-Z0-9_]/g, "_").slice(0, 64) || "value";
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
