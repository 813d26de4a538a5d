import * as z from "zod";
import { formatCount } from "@/lib/core/format";

/* The sampling plan as pages and the API take and answer it. Shares are in [0, 1]. Browser-safe. */

const whole = (least: number, most: number) =>
  z
    .number("Enter a number.")
    .int("Enter a whole number.")
    .min(least, `At least ${least}.`)
    .max(most, `At most ${formatCount(most)}.`);

/** As many values as have a stratum of their own. */
const MOST_NEEDS = 60;

export const planSettingsSchema = z.strictObject({
  reviews_per_week: whole(1, 1_000_000),
  /** Each of its values gets reviews of its own; null: all outputs are drawn alike. */
  attribute: z.string().min(1).max(200).nullable(),
  /** Reviews a day that every value gets, if it has so many outputs. */
  floor_per_epoch: whole(0, 10_000),
  /** Flagged outputs are drawn this many times as often. */
  flagged_factor: z.number("Enter a number.").min(1, "At least 1.").max(10, "At most 10."),
  /** No value is drawn more than this many times as often as another. */
  rate_ratio_cap: z.number("Enter a number.").min(1, "At least 1.").max(100, "At most 100."),
  /** Share of samples that a second person also judges. */
  double_review_share: z.number("Enter a number.").min(0, "At least 0.").max(1, "At most 100 %."),
  /** Outputs a day expected before any have come. */
  expected_per_day: whole(1, 100_000_000),
  /** What nobody has judged so many days after its day is taken out of the queue. */
  maturity_days: whole(1, 365),
  /** What values of the attribute get before the rest is divided; the planner writes it. */
  needs: z
    .array(
      z.strictObject({
        value: z.string().max(1000),
        reviews_per_week: z.number().positive().max(1_000_000),
      }),
    )
    .max(MOST_NEEDS)
    .refine((needs) => new Set(needs.map(({ value }) => value)).size === needs.length, "Each value once.")
    .default([]),
});

export const changePlanSchema = planSettingsSchema.extend({
  /** The version that the change starts from: of two people who change it at once, the second is told. */
  base_version: z.number().int().min(1),
});

export const planVersionSchema = planSettingsSchema.extend({
  version: z.number().int(),
  created_at: z.iso.datetime({ offset: true }),
  created_by: z.string().nullable(),
});

const range = z.strictObject({ low: z.number(), high: z.number() }).nullable();

export const previewRowSchema = z.strictObject({
  value: z.string(),
  outputs_per_week: z.number(),
  reviews_per_week: z.number(),
  /** Of the outputs and of the reviews: flagged ones. */
  flagged_outputs_per_week: z.number(),
  flagged_reviews_per_week: z.number(),
  /** Accuracy so far, drawn towards the common one while little is known. */
  expected_accuracy: z.number(),
  /** Where a week's and a month's accuracy would lie if it stayed as it is. */
  week_range: range,
  month_range: range,
});

export const planPreviewSchema = z.strictObject({
  /** Days of past traffic that it rests on; 0: none yet, the plan's own expectation is used. */
  days: z.number().int(),
  overall: previewRowSchema,
  /** One for each value of the attribute; empty without one. */
  rows: z.array(previewRowSchema),
  second_looks_per_week: z.number(),
  /** Reviews of the budget for which there are not enough outputs. */
  unused_per_week: z.number(),
});

export type PlanSettings = z.output<typeof planSettingsSchema>;
export type PlanVersion = z.output<typeof planVersionSchema>;
export type PlanPreview = z.output<typeof planPreviewSchema>;
export type PreviewRow = z.output<typeof previewRowSchema>;
