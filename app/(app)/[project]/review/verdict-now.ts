import { isAskedLate, rubricResult } from "@/lib/review/rubric";
import type { AnswerField, FieldResult } from "@/lib/review/schema";
import { weightedScore } from "@/lib/review/weighted-score";
import type { ReviewItem } from "@/lib/review/wire-schema";
import type { Draft } from "./answer-draft";

export interface VerdictNow {
  verdict: "CORRECT" | "INCORRECT";
  score: number;
  /** How many results there are, and how many of them are right. */
  compared: number;
  right: number;
  /** A score that is needed is not given yet. */
  open: boolean;
}

/** What the comparison and the scores given so far come to, by the rule of the server, which decides when it is sent. */
export function verdictNow(
  { revealed, form }: Pick<ReviewItem, "revealed"> & { form: Pick<ReviewItem["form"], "definition"> },
  draft: Draft,
): VerdictNow | null {
  if (!revealed) return null;
  const { fields, threshold } = form.definition;
  const results = fields.flatMap((field) => {
    const result = isAskedLate(field)
      ? scoreResult(field, draft)
      : revealed.field_results.find((each) => each.field === field.key);
    return result ? [{ ...field, ...result }] : [];
  });
  return {
    ...weightedScore(results, threshold),
    compared: results.length,
    right: results.filter((each) => each.result === "match").length,
    open: fields.some((field) => isAskedLate(field) && field.required && !levelOf(field, draft)),
  };
}

function scoreResult(field: AnswerField, draft: Draft): Pick<FieldResult, "result" | "score"> | null {
  const level = levelOf(field, draft);
  return level ? rubricResult(field.rubric, level) : null;
}

/** 0 while none is given. */
function levelOf(field: AnswerField, draft: Draft): number {
  return Number(draft[field.key] ?? 0);
}
