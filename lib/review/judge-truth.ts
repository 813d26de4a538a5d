import { compareAnswer } from "./compare-answer";
import { answerFromTruth } from "./parse-answer";
import type { AnswerDefinition, Comparison } from "./schema";

/** What a truth says about an output, by the same comparator that judges reviewers' answers; null when it says nothing usable. */
export function judgeTruth(definition: AnswerDefinition, truth: unknown, output: unknown): Comparison | null {
  const answer = answerFromTruth(definition, truth);
  return answer ? compareAnswer(definition, answer, output) : null;
}

/**
 * The version that judges a truth: the newest that existed when truth and output were both here, else the first one. So a later
 * version never rewrites what was settled, and a recount finds the same.
 */
export function schemaInForce<T extends { createdAt: Date }>(versions: readonly T[], at: Date): T | null {
  const inOrder = [...versions].sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
  return inOrder.findLast((each) => each.createdAt <= at) ?? inOrder[0] ?? null;
}
