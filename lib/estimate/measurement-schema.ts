import * as z from "zod";
import { estimateSchema } from "./schema";

/* What the measuring itself does to accuracy: reviewers' errors, who reviewed, what could not be judged. Browser-safe. */

const share = z.number().min(0).max(1);
const count = z.number().int().min(0);
const day = z.iso.date();
const limited = z.strictObject({ mean: share, low: share, high: share });

export const windowQuerySchema = z
  .strictObject({
    /** Days of the project's time zone, both belong to it; the last 91 by default. */
    from: day.optional(),
    to: day.optional(),
  })
  .refine(({ from, to }) => (from === undefined) === (to === undefined) && (from ?? "") <= (to ?? ""), {
    path: ["to"],
    message: "Give both days, the earlier one as from.",
  });

const sampleCountsSchema = z.strictObject({
  judged: count,
  cannot_judge: count,
  /** By everybody who was asked. */
  handed_on: count,
  /** Counted on by the plan, and too old to be served any more. */
  expired: count,
  /** Counted on by the plan, and still in the queue. */
  waiting: count,
});

export const nonResponseSchema = z.strictObject({
  from: day,
  to: day,
  total: sampleCountsSchema.extend({ population: z.number().min(0), estimate: estimateSchema.nullable() }),
  /** The part with the most left open first. */
  strata: z.array(
    sampleCountsSchema.extend({
      /** "" and "" is all traffic that no sampling attribute divides. */
      attribute: z.string(),
      value: z.string(),
      flagged: z.boolean(),
      population: z.number().min(0),
      /** With its bounds; null where nothing was judged. */
      estimate: estimateSchema.nullable(),
    }),
  ),
});

export const reviewerMixSchema = z.strictObject({
  from: day,
  to: day,
  /** People who reviewed. */
  people: count,
  weeks: z.array(
    z.strictObject({
      /** Monday. */
      start: day,
      /** Effective number of judged outputs. */
      n: z.number().min(0),
      /** Share found right at first sight by whoever reviewed. */
      plain: share,
      /** As if everybody had reviewed their usual part; null in a week without anybody who also reviewed in most of the others. */
      adjusted: limited.nullable(),
      /** plain - adjusted. */
      mix_effect: z.strictObject({ mean: z.number(), low: z.number(), high: z.number() }).nullable(),
      /** The effect is beyond its range, and at least a point. */
      told: z.boolean(),
    }),
  ),
});

export type NonResponse = z.output<typeof nonResponseSchema>;
export type ReviewerMix = z.output<typeof reviewerMixSchema>;
