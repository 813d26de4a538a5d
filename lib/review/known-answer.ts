import { compareAnswer } from "./compare-answer";
import { answerFromTruth, parseAnswer } from "./parse-answer";
import type { Answer, AnswerDefinition } from "./schema";

/** How the right answer of a sample came to be known. */
export interface KnownBy {
  /** What a third person decided between two; null when none did. */
  decided: Record<string, unknown> | null;
  /** What came by API; undefined when nothing did. */
  truth: unknown;
}

/** The right answer as the form in force states it; null when what is known does not fit this form. */
export function knownAnswer(definition: AnswerDefinition, known: KnownBy): Answer | null {
  if (known.decided === null)
    return known.truth === undefined ? null : answerFromTruth(definition, known.truth);
  const parsed = parseAnswer(definition, known.decided);
  return parsed.ok ? parsed.answer : null;
}

/** Whether a known item still means by the form in force what it was made for; after a change of the form it may not. */
export function goldFits(
  definition: AnswerDefinition,
  gold: { truth: Record<string, unknown>; shown: unknown; expectedVerdict: "CORRECT" | "INCORRECT" },
): boolean {
  const parsed = parseAnswer(definition, gold.truth);
  return parsed.ok && compareAnswer(definition, parsed.answer, gold.shown).verdict === gold.expectedVerdict;
}
