import * as z from "zod";
import { ruleSchema } from "./schema";

/* Suggested changes of a contract as pages and the API take and answer them. Browser-safe. */

const count = z.number().int().min(0);
const share = z.number().min(0).max(1);
const day = z.iso.date();
const accuracy = z.strictObject({ mean: share, low: share, high: share });

/**
 * fits: reviewers find such outputs no less accurate; few: too few of them were reviewed; unsure: the reviews do not tell yet; worse:
 * they are less accurate.
 */
export const SUGGESTION_STANDINGS = ["fits", "few", "unsure", "worse"] as const;

export const suggestionSchema = z.strictObject({
  key: z.string(),
  code: z.string(),
  path: z.string(),
  /** What is new, where it is a value. */
  value: z.string().nullable(),
  /** Outputs that have it, and of how many; first and last day. */
  records: count,
  share,
  since: day,
  last: day,
  days: count,
  standing: z.enum(SUGGESTION_STANDINGS),
  /** Reviewed outputs with it and without; accuracy from five on. */
  reviews: count,
  accuracy: accuracy.nullable(),
  rest_reviews: count,
  rest: accuracy.nullable(),
  /** Accuracy with it minus without. */
  difference: z.strictObject({ gap: z.number(), low: z.number(), high: z.number() }).nullable(),
  /** Share of all outputs that are flagged for nothing else: they would not be any more. */
  unflagged: share,
  /** The rule as it is, and as it would be; null: it goes. */
  before: ruleSchema,
  after: ruleSchema.nullable(),
});
export type Suggestion = z.output<typeof suggestionSchema>;

export const suggestionsSchema = z.strictObject({
  /** Days that were looked at; null without production outputs. */
  from: day.nullable(),
  to: day.nullable(),
  suggestions: z.array(suggestionSchema),
});
export type Suggestions = z.output<typeof suggestionsSchema>;

export const dismissSuggestionSchema = z.strictObject({
  key: z.string().min(1).max(1_000),
  /** Share of outputs when it was dismissed: it comes back when that has doubled. */
  share,
  note: z.string().trim().min(1, "Say why; it is kept.").max(500),
});
