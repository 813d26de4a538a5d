import * as z from "zod";

/*
 * What the estimates say, as the read API answers it and as pages and charts take it. Accuracies are shares in [0, 1], days are
 * calendar days ("2026-03-02") of the project's time zone. Browser-safe.
 */

const share = z.number().min(0).max(1);
const day = z.iso.date();
const count = z.number().int().min(0);

/** "" and "" is the whole stream. */
export const segmentSchema = z.strictObject({ attribute: z.string().max(200), value: z.string().max(1000) });

export const PERIODS = ["day", "week", "month"] as const;
export const periodSchema = z.enum(PERIODS);

const intervalSchema = z.strictObject({ low: share, high: share });

/** Accuracy with its interval; see lib/stats/accuracy-from-sums.ts for each number. */
export const estimateSchema = z.strictObject({
  mean: share,
  low: share,
  high: share,
  /** Confidence level of low and high. */
  level: share,
  /** Reviewed outputs (or clusters of them). */
  n: count,
  effective_n: z.number().min(0),
  method: z.string(),
  /** Share of the traffic in strata that nobody has judged; low and high allow for it. */
  unaudited_share: share,
  unsure_share: share,
  /** All unsure outputs wrong … right; null when none was unsure. */
  bounds: intervalSchema.nullable(),
});

/** Production minus pilot, in points / 100; negative: production is worse. */
export const gapSchema = z.strictObject({
  difference: z.number().min(-1).max(1),
  low: z.number().min(-1).max(1),
  high: z.number().min(-1).max(1),
});

export const POINT_STATES = ["complete", "in_progress", "immature"] as const;

export const accuracyPointSchema = z.strictObject({
  /** First and last day of the period, both belong to it. */
  start: day,
  end: day,
  /** in_progress: the period is not over. immature: over, but reviews of it are still due. */
  state: z.enum(POINT_STATES),
  /** null: nobody has judged anything of this period. */
  estimate: estimateSchema.nullable(),
  /** All outputs of the period, reviewed or not. */
  population: z.number().min(0),
  /** Samples that wait for a review. */
  due: count,
});

/** The pilot's accuracy: frozen as baseline, or as it is now. */
export const pilotSchema = z.strictObject({
  estimate: estimateSchema,
  frozen: z.boolean(),
  /** When it was frozen; null while it is not. */
  frozen_at: z.iso.datetime({ offset: true }).nullable(),
});

export const releaseMarkSchema = z.strictObject({
  id: z.uuid(),
  day,
  live_at: z.iso.datetime({ offset: true }),
  model_name: z.string(),
  model_version: z.string(),
  note: z.string().nullable(),
});

/** Why points are coarser than days: too few reviews in each finer period. */
export const periodChoiceSchema = z.strictObject({
  period: periodSchema,
  asked: z.enum(["auto", ...PERIODS]),
  /** The finer period in which many points would have had under 20 reviews; null when nothing was skipped. */
  too_fine: periodSchema.nullable(),
});

export const accuracySeriesSchema = z.strictObject({
  segment: segmentSchema,
  period: periodChoiceSchema,
  time_zone: z.string(),
  /** Today in that zone. */
  today: day,
  /** The days asked for; both belong to it. */
  from: day,
  to: day,
  /** First and last day with production outputs of this segment; null when there is none. */
  extent: z.strictObject({ first: day, last: day }).nullable(),
  /** Production only, oldest first; a period without any output is left out. */
  points: z.array(accuracyPointSchema).max(400),
  pilot: pilotSchema.nullable(),
  /** The latest complete point with at least 20 reviews, and its distance from the pilot. */
  now: z
    .strictObject({ start: day, end: day, estimate: estimateSchema, gap: gapSchema.nullable() })
    .nullable(),
  releases: z.array(releaseMarkSchema),
  /** Over all time, to tell "nothing sent" from "nothing reviewed". */
  totals: z.strictObject({ outputs: count, reviews: count, pilot_outputs: count, pilot_reviews: count }),
});

export const segmentRowSchema = z.strictObject({
  segment: segmentSchema,
  population: z.number().min(0),
  /** Of all traffic in the window. */
  traffic_share: share,
  estimate: estimateSchema.nullable(),
  pilot: estimateSchema.nullable(),
  gap: gapSchema.nullable(),
  due: count,
  /** Weekly, oldest first; mean is null where nobody has judged anything. */
  spark: z.array(z.strictObject({ start: day, mean: share.nullable(), n: count })).max(60),
});

export const segmentTableSchema = z.strictObject({
  /** The window that estimates and traffic describe. */
  from: day,
  to: day,
  /** The attributes that outputs carry, for example "device". */
  attributes: z.array(z.string()),
  overall: segmentRowSchema,
  rows: z.array(segmentRowSchema),
  /** Segment values left out of rows because there are too many; the busiest stay. */
  left_out: count,
});

/** What the read API answers: the series asked for, and the points of segment values beside it. */
export const accuracyReplySchema = accuracySeriesSchema.extend({
  /** False while outputs or reviews that are stored wait to be counted; a second or two. */
  up_to_date: z.boolean(),
  /** The busiest values, at most 200; empty when one segment was asked for. */
  segments: z
    .array(z.strictObject({ segment: segmentSchema, points: z.array(accuracyPointSchema).max(400) }))
    .max(200),
});

export const accuracyQuerySchema = z.strictObject({
  /** With a value: this segment. Without: its values are given in `segments`. */
  attribute: z.string().min(1).max(200).optional(),
  value: z.string().max(1000).optional(),
  /** Days of the project's time zone, both belong to it; all outputs by default. */
  from: day.optional(),
  to: day.optional(),
  period: z.enum(["auto", ...PERIODS]).default("week"),
  /** no: leave `segments` empty. */
  segments: z.enum(["yes", "no"]).default("yes"),
});

export const baselineSchema = z.strictObject({
  id: z.uuid(),
  frozen_at: z.iso.datetime({ offset: true }),
  frozen_by: z.string().nullable(),
  note: z.string().nullable(),
  estimate: estimateSchema,
  /** Segment values frozen with it. */
  segments: count,
});

/** A remark on why: shown in the list of baselines. */
export const freezeBaselineSchema = z.strictObject({ note: z.string().trim().max(500).optional() });

export type Segment = z.output<typeof segmentSchema>;
export type Period = z.output<typeof periodSchema>;
export type AccuracyEstimate = z.output<typeof estimateSchema>;
export type AccuracyGap = z.output<typeof gapSchema>;
export type AccuracyPoint = z.output<typeof accuracyPointSchema>;
export type AccuracySeries = z.output<typeof accuracySeriesSchema>;
export type AccuracyReply = z.output<typeof accuracyReplySchema>;
export type Baseline = z.output<typeof baselineSchema>;
export type Pilot = z.output<typeof pilotSchema>;
export type ReleaseMark = z.output<typeof releaseMarkSchema>;
export type SegmentRow = z.output<typeof segmentRowSchema>;
export type SegmentTable = z.output<typeof segmentTableSchema>;
