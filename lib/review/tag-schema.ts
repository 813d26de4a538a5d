import * as z from "zod";

/** What can be wrong with an output: reviewers choose from a list that belongs to the version of the form. */
export const errorTagSchema = z.strictObject({
  /** Name in reviews; never changes its meaning within a version. */
  key: z.string().regex(/^[a-zA-Z0-9_]{1,64}$/, "letters, digits and _ only, at most 64"),
  label: z.string().trim().min(1).max(80),
  /** When to choose it, in a sentence. */
  hint: z.string().max(300).optional(),
});
export type ErrorTag = z.output<typeof errorTagSchema>;

export const MOST_ERROR_TAGS = 30;
