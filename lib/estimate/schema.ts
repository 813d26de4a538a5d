import * as z from "zod";
import { correctedSchema } from "./corrected-schema";

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
export const estimateSchema = z
  .strictObject({
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
    /** The same with the uncertainty of the sample. */
    bounds_interval: intervalSchema.nullable(),
    /** How it may be shown. counts: "k wrong of n", under 5. bounds: instead of the mean, over 5 % unsure. */
    reading: z.enum(["counts", "bounds", "mean"]),
  })
  .meta({ id: "Estimate" });

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
  /** Holds at 95 % however often one looks while reviews come in; null without reviews, and for the segments beside a series. */
  band: intervalSchema.nullable(),
  /** Against the pilot; null without one or without reviews, and for the segments beside a series. */
  gap: gapSchema.nullable(),
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
  /** Nobody told of it: the first output of this version came then. */
  seen: z.boolean(),
});

/** Another version of what reviewers answer came into force. */
export const formMarkSchema = z.strictObject({
  version: z.int().min(2),
  day,
  published_at: z.iso.datetime({ offset: true }),
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
    .strictObject({
      start: day,
      end: day,
      estimate: estimateSchema,
      gap: gapSchema.nullable(),
      corrected: correctedSchema,
    })
    .nullable(),
  releases: z.array(releaseMarkSchema),
  form_versions: z.array(formMarkSchema),
  /** Over all time, to tell "nothing sent" from "nothing reviewed". */
  totals: z.strictObject({ outputs: count, reviews: count, pilot_outputs: count, pilot_reviews: count }),
});

export const segmentRowSchema = z.strictObject({
  segment: segmentSchema,
  population: z.number().min(0),
  /** Of all traffic in the window. */
  traffic_share: share,
  estimate: estimateSchema.nullable(),
  /** Accuracy when what is in quarantine counts as well, and how many records that is; null when nothing is. */
  all_traffic: z.strictObject({ held: z.number().min(0), estimate: estimateSchema.nullable() }).nullable(),
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

/** What accuracy before and after is compared: the pilot, or production in some days. */
const comparedSchema = z.strictObject({
  kind: z.enum(["pilot", "production"]),
  /** Null for the pilot. */
  from: day.nullable(),
  to: day.nullable(),
  /** The pilot as it was frozen. */
  frozen: z.boolean(),
  estimate: estimateSchema.nullable(),
});

export const mixRateSegmentSchema = z.strictObject({
  /** Value of the attribute; null: the rest, values with fewer than 5 reviews on a side taken together. */
  value: z.string().nullable(),
  share_before: share,
  share_after: share,
  accuracy_before: share.nullable(),
  accuracy_after: share.nullable(),
  /** Points / 100 of the gap that come from its changed part of the traffic, and from its changed accuracy. */
  mix: z.number().min(-1).max(1),
  rate: gapSchema,
});

export const mixRateSplitSchema = z.strictObject({
  attribute: z.string(),
  /** Parts of the traffic that carry the attribute. */
  covered_before: share,
  covered_after: share,
  /** mix + fresh + rate + unexplained is the gap. */
  mix: gapSchema,
  /** Values that are new since then; null when there are none. */
  fresh: gapSchema.nullable(),
  rate: gapSchema,
  /** What the weighted total has beyond the sum over the values. */
  unexplained: z.number().min(-1).max(1),
  /** The largest contribution first. */
  segments: z.array(mixRateSegmentSchema).max(201),
  fresh_segments: z
    .array(
      z.strictObject({
        value: z.string().nullable(),
        share_after: share,
        accuracy_after: share,
        effect: gapSchema,
      }),
    )
    .max(200),
  /** Values that were taken together as the rest. */
  merged: z.array(z.string()).max(400),
});

export const mixRateSchema = z.strictObject({
  before: comparedSchema,
  after: comparedSchema,
  /** Null when one side has no reviews. */
  gap: gapSchema.nullable(),
  /** By each attribute: points / 100 that come from changed traffic (new values included) and from changed accuracy. */
  attributes: z.array(z.strictObject({ attribute: z.string(), traffic: z.number(), model: z.number() })),
  /** By the attribute asked for, else by the one for which changed traffic did most; null without a gap or attribute. */
  split: mixRateSplitSchema.nullable(),
});

const isRange = (from: string | undefined, to: string | undefined) =>
  (from === undefined) === (to === undefined) && (from ?? "") <= (to ?? "");

export const mixRateQuerySchema = z
  .strictObject({
    attribute: z.string().min(1).max(200).optional(),
    /** The later days, both belong to them; the last 30 by default. */
    from: day.optional(),
    to: day.optional(),
    /** What they are compared with: the pilot, or as many days just before; not with days of one's own. */
    before: z.enum(["pilot", "previous"]).default("pilot"),
    before_from: day.optional(),
    before_to: day.optional(),
  })
  .refine(({ from, to }) => isRange(from, to), {
    path: ["to"],
    message: "Give both days, the earlier one as from.",
  })
  .refine(({ before_from, before_to }) => isRange(before_from, before_to), {
    path: ["before_to"],
    message: "Give both days, the earlier one as before_from.",
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
export type MixRate = z.output<typeof mixRateSchema>;
export type MixRateSegment = z.output<typeof mixRateSegmentSchema>;
export type MixRateSplit = z.output<typeof mixRateSplitSchema>;
export type Pilot = z.output<typeof pilotSchema>;
export type FormMark = z.output<typeof formMarkSchema>;
export type ReleaseMark = z.output<typeof releaseMarkSchema>;
export type SegmentRow = z.output<typeof segmentRowSchema>;
export type SegmentTable = z.output<typeof segmentTableSchema>;
