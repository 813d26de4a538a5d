import * as z from "zod";

/** What a person is reminded of: counts of one moment, without any text, so that each channel can say it in its own way. */
export const digestFactsSchema = z.object({
  due: z.number(),
  overdue: z.number(),
  doneThisWeek: z.number(),
  targetPerWeek: z.number().nullable(),
  /** Items on which two people differ, so that a third has to decide: of the whole project. */
  adjudications: z.number(),
  secondsPerItem: z.number().nullable(),
});
export type DigestFacts = z.output<typeof digestFactsSchema>;
