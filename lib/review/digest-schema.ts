import * as z from "zod";

/** What a person is reminded of: counts of one moment, without any text, so that each channel can say it in its own way. */
export const digestFactsSchema = z.object({
  due: z.number(),
  overdue: z.number(),
  doneThisWeek: z.number(),
  targetPerWeek: z.number().nullable(),
  /** Two people differ, and this person may decide. */
  adjudications: z.number(),
  secondsPerItem: z.number().nullable(),
});
export type DigestFacts = z.output<typeof digestFactsSchema>;
