import { monitorPilotSchema, monitorSettingsSchema, pilotSupportSchema } from "@/lib/monitor/schema";
import { planSettingsSchema } from "@/lib/sampling/schema";
import * as z from "zod";

/* How many reviews it takes to find a drop in time, as pages and the API take and answer it. Shares are in [0, 1]. Browser-safe. */

const share = z.number().min(0).max(1);
const count = z.number().int().min(0);
const amount = z.number().min(0);

export const MOST_WEEKS = 104;

export const plannerGoalSchema = z.strictObject({
  /** The drop to be found, counted from the usual accuracy: 0.05 is five points. */
  drop: z.number("Enter a number.").min(0.005, "At least half a point.").max(0.9, "At most 90 points."),
  weeks: z
    .number("Enter a number.")
    .int("Enter a whole number.")
    .min(1, "At least 1.")
    .max(MOST_WEEKS, `At most ${MOST_WEEKS}.`),
  accepted_per_year: monitorSettingsSchema.shape.accepted_per_year,
  /** Its values each get the reviews that they need; null: only all outputs together do. */
  attribute: planSettingsSchema.shape.attribute,
  /** Values whose need does not count. */
  left_out: z.array(z.string().max(1000)).max(200).default([]),
  /** Reviews a week, second looks included; null: as many as it takes. */
  reviews_per_week: planSettingsSchema.shape.reviews_per_week.nullable().default(null),
});

/** Why a segment gets a need, or none. */
export const SEGMENT_VERDICTS = [
  "found",
  "too_few_reviews",
  "too_few_outputs",
  "above_boundary",
  "left_out",
  "not_watched",
] as const;

export const plannedSegmentSchema = z.strictObject({
  /** Of the goal's attribute; "" for all outputs and for what does not carry it. */
  value: z.string(),
  outputs_per_week: amount,
  /** Accuracy that must not be undershot, the usual one, and the one after the drop. */
  boundary: share,
  usual: share,
  after: share,
  own_boundary: z.boolean(),
  pilot_reviews: count,
  /** Reviews of equal weight until the alarm, on average and in 80 % of cases; null: after is not below the boundary. */
  detection: z.strictObject({ mean: amount, in80: amount }).nullable(),
  /** So many times more reviews, because some outputs are drawn more often than others. */
  design_effect: z.number().min(1),
  /** Reviews a week that find the drop in time in 80 % of cases; null as above. */
  needed_per_week: amount.nullable(),
  /** What the plan gives. */
  reviews_per_week: amount,
  /** The smallest drop that this finds in time in 80 % of cases; null: none. */
  finds: share.nullable(),
  verdict: z.enum(SEGMENT_VERDICTS),
});

export const reviewerPaceSchema = z.strictObject({
  /** Mean active time of the newest reviews; null: none was timed. */
  seconds: amount.nullable(),
  timed: count,
  /** First looks at samples of the last four weeks, by those who review here now, and how many people did them. */
  reviews: count,
  reviewers: count,
});

export const plannerPreviewSchema = z.strictObject({
  goal: plannerGoalSchema,
  /** Days of past traffic that it rests on; 0: none yet. */
  days: count,
  promised: z.boolean(),
  pilot: monitorPilotSchema.nullable(),
  support: pilotSupportSchema.nullable(),
  /** Attributes that share the false alarms, the overall stream included. */
  watched: z.number().int().min(1),
  /** Fewest reviews a week with which every need that counts is met; null: none does. */
  needed: count.nullable(),
  /** Reviews a week of the plan in force, and of the one proposed. */
  present: count,
  reviews_per_week: count,
  /** Of them second looks, and those without an output to look at. */
  second_looks_per_week: amount,
  double_review_share: share,
  rate_ratio_cap: amount,
  unused_per_week: amount,
  threshold: amount,
  overall: plannedSegmentSchema,
  rows: z.array(plannedSegmentSchema),
  /** The smallest drop over all outputs that the plan in force finds in time; null: none. */
  present_finds: share.nullable(),
  pace: reviewerPaceSchema,
  /** What confirming would write; null: it stays as it is. */
  sampling: planSettingsSchema.nullable(),
  monitor: monitorSettingsSchema.nullable(),
  /** Why monitoring changes: other false alarms, an attribute that is not watched, or another number of reviews to count on. */
  monitor_reasons: z.array(z.enum(["accepted", "attribute", "reviews"])),
  sampling_version: count,
  monitor_version: count,
});

/** Nothing is promised and too little of the pilot was judged. */
export const noBoundarySchema = z.strictObject({ no_boundary: z.literal(true), fewest_pilot: count });

export const plannerAnswerSchema = z.union([plannerPreviewSchema, noBoundarySchema]);

export const confirmPlanSchema = plannerGoalSchema.extend({
  /** As it was seen: nothing else is written. */
  reviews_per_week: planSettingsSchema.shape.reviews_per_week,
  sampling_version: count,
  monitor_version: count,
});

export const plannerReceiptSchema = z.strictObject({
  /** The versions that were written; null: it stayed as it was. */
  sampling_version: count.nullable(),
  monitor_version: count.nullable(),
  reviews_per_week: count,
});

export type PlannerGoal = z.output<typeof plannerGoalSchema>;
export type PlannedSegment = z.output<typeof plannedSegmentSchema>;
export type SegmentVerdict = PlannedSegment["verdict"];
export type ReviewerPace = z.output<typeof reviewerPaceSchema>;
export type PlannerPreview = z.output<typeof plannerPreviewSchema>;
export type PlannerAnswer = z.output<typeof plannerAnswerSchema>;
export type PlanConfirmation = z.output<typeof confirmPlanSchema>;
export type PlannerReceipt = z.output<typeof plannerReceiptSchema>;
