import * as z from "zod";

/* What is said about people as an instrument. Shares are in [0, 1], days are the project's. Browser-safe. */

const share = z.number().min(0).max(1);
const count = z.number().int().min(0);
const day = z.iso.date();

/** A share with its 95 % interval. */
const rateSchema = z.strictObject({ mean: share, low: share, high: share, n: count });
/** Agreement beyond chance: 1 full, 0 as much as by chance. Limits are null where they cannot be told. */
const coefficientSchema = z.strictObject({
  value: z.number().max(1),
  low: z.number().nullable(),
  high: z.number().nullable(),
});

const verdict = z.enum(["CORRECT", "INCORRECT"]);

const workSchema = z.strictObject({
  /** Items judged, with those that cannot be. */
  judged: count,
  cannot_judge: count,
  /** Handed to somebody else. */
  handed_on: count,
  /** Half of the items took longer; null when no browser measured it. */
  median_seconds: z.number().min(0).nullable(),
  /** Items per hour of active work; null likewise. */
  per_hour: z.number().min(0).nullable(),
  active_hours: z.number().min(0),
  /** Minutes in which more was decided than anybody can, and items decided in under a second. */
  fast_minutes: count,
  fast_items: count,
  /** Nobody works that fast by hand: a script, or somebody who does not look. */
  too_fast: z.boolean(),
});

const goldSchema = z.strictObject({
  /** Known items judged, of which so many were wrong and right. */
  n: count,
  wrong: count,
  wrong_found: count,
  right: count,
  right_accepted: count,
  cannot_judge: count,
  /** Of the wrong ones, called wrong; of the right ones, called right; of all, as expected. */
  sensitivity: rateSchema.nullable(),
  specificity: rateSchema.nullable(),
  as_expected: rateSchema.nullable(),
  /** Fewer than 20: say nothing about the person. */
  too_few: z.boolean(),
});

const othersSchema = z.strictObject({
  /** Same verdict as somebody else who judged the same output without knowing. */
  same: rateSchema.nullable(),
  /** Outputs on which they differed and a third person decided, and how often for them. */
  decided: count,
  decided_for: count,
  too_few: z.boolean(),
});

const repeatsSchema = z.strictObject({
  same_verdict: rateSchema.nullable(),
  same_answer: count,
  cannot_judge: count,
  too_few: z.boolean(),
});

export const reviewerSchema = z.strictObject({
  reviewer_id: z.uuid(),
  name: z.string(),
  work: workSchema,
  gold: goldSchema,
  others: othersSchema,
  repeats: repeatsSchema,
});

const pairSchema = z.strictObject({
  first: z.uuid(),
  second: z.uuid(),
  same: rateSchema,
  /** Cohen's; null when both said the same throughout. */
  kappa: coefficientSchema.nullable(),
  too_few: z.boolean(),
});

export const agreementSchema = z.strictObject({
  /** Outputs that two people judged independently, drawn at random; and how many it takes to show numbers. */
  n: count,
  needed: count,
  people: count,
  /** Null while there are too few. */
  measures: z
    .strictObject({
      same: rateSchema,
      on_wrong: rateSchema.nullable(),
      on_right: rateSchema.nullable(),
      alpha: coefficientSchema.nullable(),
      ac1: coefficientSchema.nullable(),
      /** Only where the same two people judged all of them. */
      kappa: coefficientSchema.nullable(),
    })
    .nullable(),
});

export const reviewersSchema = z.strictObject({
  /** Days in which reviews were submitted; both belong to them. */
  from: day,
  to: day,
  reviewers: z.array(reviewerSchema),
  pairs: z.array(pairSchema),
  agreement: agreementSchema,
});

export const reviewersQuerySchema = z
  .strictObject({ from: day.optional(), to: day.optional() })
  .refine(({ from, to }) => (from === undefined) === (to === undefined) && (from ?? "") <= (to ?? ""), {
    path: ["to"],
    message: "Give both days, the earlier one as from.",
  });

export const reviewerWeekSchema = z.strictObject({
  /** Monday. */
  start: day,
  work: workSchema,
  gold_n: count,
  gold_as_expected: count,
  twice_n: count,
  twice_same: count,
});

export const reviewerDetailSchema = z.strictObject({
  from: day,
  to: day,
  reviewer: reviewerSchema,
  /** Weeks with reviews, oldest first. */
  weeks: z.array(reviewerWeekSchema),
  /** Known items that were judged otherwise than expected, newest first; null about oneself, who may still meet such items. */
  misses: z
    .array(
      z.strictObject({
        output_id: z.uuid(),
        reference: z.string(),
        expected: verdict,
        /** Keys of the fields into which an error was put. */
        seeded_fields: z.array(z.string()),
        submitted_at: z.iso.datetime(),
      }),
    )
    .nullable(),
  /** Own old items judged otherwise than the first time, newest first. */
  changed: z.array(
    z.strictObject({
      output_id: z.uuid(),
      reference: z.string(),
      first: verdict,
      again: verdict,
      first_at: z.iso.datetime(),
      submitted_at: z.iso.datetime(),
    }),
  ),
  /** Outputs whose truth came from the sender: how their verdict compares with it. */
  truth: goldSchema,
});

export type Rate = z.output<typeof rateSchema>;
export type Coefficient = z.output<typeof coefficientSchema>;
export type ReviewerWork = z.output<typeof workSchema>;
export type ReviewerGold = z.output<typeof goldSchema>;
export type ReviewerOthers = z.output<typeof othersSchema>;
export type ReviewerRow = z.output<typeof reviewerSchema>;
export type ReviewerPair = z.output<typeof pairSchema>;
export type ProjectAgreement = z.output<typeof agreementSchema>;
export type ReviewersReport = z.output<typeof reviewersSchema>;
export type ReviewerDetail = z.output<typeof reviewerDetailSchema>;
export type ReviewerWeek = z.output<typeof reviewerWeekSchema>;
