/* Runs in a browser too, without the schemas. */

/** A scale to start from; with it an output is right from the fourth level on. */
export const USUAL_LEVELS: readonly string[] = [
  "Useless or harmful",
  "Seriously wrong or incomplete",
  "Usable after corrections",
  "Good, with blemishes",
  "Nothing to improve",
];
export const USUAL_RIGHT_FROM = 4;

/**
 * What is asked after the output was shown: it scores the output itself, so there is nothing to answer before. Everything else is
 * stated first.
 */
export function isAskedLate(field: { type: string }): boolean {
  return field.type === "rubric";
}

/** What a level says: right from the lowest right one on; its score grows from 0 to 1 in equal steps. */
export function rubricResult(
  rubric: { anchors: readonly string[]; right_from: number } | undefined,
  level: number,
): { result: "match" | "mismatch"; score: number } {
  const highest = rubric?.anchors.length ?? level;
  return {
    result: level >= (rubric?.right_from ?? highest) ? "match" : "mismatch",
    score: highest > 1 ? Math.min(1, Math.max(0, (level - 1) / (highest - 1))) : 1,
  };
}
