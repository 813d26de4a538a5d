/* Runs in a browser too, without the schemas. */

/** Scores are sums of doubles: a threshold that is met up to this is met. */
const SCORE_SLACK = 1e-9;

export interface WeighedResult {
  weight: number;
  partial_credit?: boolean | undefined;
  result: string;
  score?: number | undefined;
}

/**
 * Weighted mean of a form's results, 0..1, and whether it reaches what is needed: a match counts 1, all else 0 or, with partial
 * credit, how close it is.
 */
export function weightedScore(
  results: readonly WeighedResult[],
  threshold: number,
): { score: number; verdict: "CORRECT" | "INCORRECT" } {
  let reached = 0;
  let total = 0;
  for (const { weight, partial_credit: inPart, result, score: close = 0 } of results) {
    total += weight;
    if (result === "match") reached += weight;
    else if (inPart) reached += weight * close;
  }
  const score = reached === total ? 1 : reached / total;
  return { score, verdict: score >= threshold - SCORE_SLACK ? "CORRECT" : "INCORRECT" };
}
