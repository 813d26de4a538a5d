import { compareAnswer } from "./compare-answer";
import { readValue } from "./parse-answer";
import type { Answer, AnswerDefinition, AnswerField, AnswerValue, Comparison } from "./schema";
import type { DryRun } from "./trial-schema";

/** What a past review said, and about which output. */
export interface PastReview {
  outputId: string;
  reference: string;
  submittedAt: Date;
  /** Of the form that it answered. */
  version: number;
  answer: Answer;
  output: unknown;
  computedVerdict: "CORRECT" | "INCORRECT";
  /** What counts: the computed one, or that of an author who decided against it. */
  verdict: "CORRECT" | "INCORRECT";
}

/** One review under another form; `judged` is null when it does not answer everything that this form asks. */
export interface Retried extends Omit<PastReview, "answer" | "output"> {
  lacking: string[];
  judged: Comparison | null;
}

const MOST_EXAMPLES = 50;

/** A past answer compared anew, with a form that may ask for other things: an answer of other kind is read as far as it can be. */
export function retryReview(definition: AnswerDefinition, review: PastReview): Retried {
  const { answer: stated, output, ...facts } = review;
  const answer: Answer = {};
  const lacking: string[] = [];
  for (const field of definition.fields) {
    const value = statedValue(field, stated);
    if (value === undefined) lacking.push(field.key);
    else answer[field.key] = value;
  }
  const judged = lacking.length > 0 ? null : compareAnswer(definition, answer, output);
  return { ...facts, lacking, judged };
}

/** Undefined: never asked, of another kind, or none of the options that there would be. */
function statedValue(field: AnswerField, stated: Answer): AnswerValue | undefined {
  if (!Object.hasOwn(stated, field.key)) return undefined;
  const value = readValue(field, stated[field.key]);
  if (value === null) return field.required ? undefined : null;
  if (value === undefined || !field.options) return value;
  const known = new Set(field.options.map((option) => option.value));
  return [value].flat().every((each) => known.has(String(each))) ? value : undefined;
}

/**
 * What a form would make of past reviews. A verdict that its author gave against the comparison stays as it is; it is counted apart
 * whether this form would have said the same.
 */
export function dryRunOf(
  definition: AnswerDefinition,
  retried: readonly Retried[],
): Omit<DryRun, "all_looked_at"> {
  const judged = retried.flatMap((each) => (each.judged ? [{ ...each, judged: each.judged }] : []));
  const overruled = judged.filter((each) => each.verdict !== each.computedVerdict);
  const byComparison = judged.filter((each) => each.verdict === each.computedVerdict);
  const changed = byComparison.filter((each) => each.judged.verdict !== each.verdict);
  const right = (all: readonly { verdict: string }[]) =>
    all.filter((each) => each.verdict === "CORRECT").length;
  return {
    looked_at: retried.length,
    compared: judged.length,
    lacking: definition.fields.flatMap(({ key, label }) => {
      const reviews = retried.filter((each) => each.lacking.includes(key)).length;
      return reviews > 0 ? [{ key, label, reviews }] : [];
    }),
    right_before: right(judged),
    right_after: right(overruled) + right(byComparison.map((each) => each.judged)),
    overruled: overruled.length,
    overruled_no_longer: overruled.filter((each) => each.judged.verdict === each.verdict).length,
    changed: changed.length,
    examples: changed.slice(0, MOST_EXAMPLES).map((each) => ({
      output_id: each.outputId,
      reference: each.reference,
      reviewed_at: each.submittedAt.toISOString(),
      version: each.version,
      before: each.verdict,
      after: each.judged.verdict,
      score: each.judged.score,
      wrong: each.judged.fieldResults.flatMap(({ field, result }) => {
        const label = definition.fields.find((one) => one.key === field)?.label;
        return result === "match" || label === undefined ? [] : [label];
      }),
    })),
  };
}
