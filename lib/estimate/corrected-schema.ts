import * as z from "zod";

const share = z.number().min(0).max(1);
const count = z.number().int().min(0);
const limitedShare = z.strictObject({ mean: share, low: share, high: share });

/** Accuracy if reviewers made no errors, worked out from items whose answer is known. */
export const correctedSchema = z.strictObject({
  accuracy: limitedShare.nullable(),
  /** Why there is none: too few known items; bounds instead of a number; reviewers err so often that nothing can be corrected. */
  reason: z.enum(["not_enough_gold", "no_single_number", "unreliable_reviewers"]).nullable(),
  /** Known items judged in half a year up to last week, and how many of each kind it takes. */
  gold: z.strictObject({
    n: count,
    needed: count,
    wrong: count,
    right: count,
    needed_of_each: count,
  }),
  /** Of the wrong known items, called wrong; of the right ones, called right. */
  sensitivity: limitedShare.nullable(),
  specificity: limitedShare.nullable(),
});
export type CorrectedAccuracy = z.output<typeof correctedSchema>;
