import * as z from "zod";

const instant = z.iso.datetime({ offset: true });

/** Background work that stands still, as pages and the API show it. */
export const stallSchema = z.strictObject({
  /** `worker`, or the kind of job. */
  subject: z.string(),
  /** In every project of the installation, or only in this one. */
  everywhere: z.boolean(),
  /** Reminders and the like: no number on a page depends on it. */
  minor: z.boolean(),
  since: instant,
  sentence: z.string(),
});
export type StallRow = z.output<typeof stallSchema>;

export const freshnessSchema = z
  .strictObject({
    as_of: instant,
    /** Every output and review that is stored is in the numbers, and nothing stands still. */
    up_to_date: z.boolean(),
    stalls: z.array(stallSchema),
    /** The kinds of jobs that the clock starts, with their last success. */
    jobs: z.array(
      z.strictObject({
        name: z.string(),
        every_seconds: z.number().int(),
        last_success_at: instant.nullable(),
      }),
    ),
  })
  .meta({ id: "Freshness" });
export type Freshness = z.output<typeof freshnessSchema>;
