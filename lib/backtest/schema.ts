import * as z from "zod";
import { planSettingsSchema } from "@/lib/sampling/schema";

/*
 * Backtests as pages and the API take and answer them, and as they are stored. Accuracies and shares are in [0, 1], days are calendar
 * days ("2026-03-02"), weeks are named by their Monday. Browser-safe.
 */

const share = z.number().min(0).max(1);
const count = z.number().int().min(0);
const day = z.iso.date();
const instant = z.iso.datetime({ offset: true });

/** Labelled outputs without which a backtest says nothing, and those of them that have to be of production. */
export const FEWEST_LABELS = 300;
export const FEWEST_IN_PRODUCTION = 100;
export const MOST_DRAWS = 1000;

const reviewsPerWeek = z
  .number("Enter a number.")
  .int("Enter a whole number.")
  .min(5, "At least 5.")
  .max(100_000, "At most 100,000.");

export const startBacktestSchema = z.strictObject({
  reviews_per_week: reviewsPerWeek,
  draws: z
    .number("Enter a number.")
    .int("Enter a whole number.")
    .min(20, "At least 20.")
    .max(MOST_DRAWS, `At most ${MOST_DRAWS}.`),
  accepted_per_year: z.number("Enter a number.").min(0.01, "At least 0.01.").max(52, "At most 52."),
  /** Also with the usual other numbers of reviews, for comparison. */
  compare: z.boolean().default(false),
});

/** What decides the result, resolved when the backtest was started. */
export const backtestSettingsSchema = z.strictObject({
  /** The same seed gives the same draws. */
  seed: z.string().min(1).max(100),
  draws: z.number().int().min(1).max(MOST_DRAWS),
  /** Reviews a week; the first is the one that was asked for. */
  budgets: z.array(z.number().int().min(1)).min(1).max(10),
  accepted_per_year: z.number().gt(0),
  /** Watched besides all outputs together: segment keys. */
  attributes: z.array(z.string()),
  floor: share.nullable(),
  tolerance: share,
  unsure_counts_wrong: z.boolean(),
  declare_clusters: z.boolean(),
  sampling: planSettingsSchema.omit({ reviews_per_week: true }),
});

/** Of the draws that alarmed: what a tenth, half and nine tenths of them stayed within. */
const days = z.strictObject({ p10: day, p50: day, p90: day });
const counts = z.strictObject({ p10: count, p50: count, p90: count });

export const backtestSegmentSchema = z.strictObject({
  attribute: z.string(),
  value: z.string(),
  /** Labelled outputs in production, and their accuracy; null: no label. */
  outputs: count,
  accuracy: share.nullable(),
  pilot: z.strictObject({ n: count, accuracy: share }).nullable(),
  /** Accuracy that must not be undershot, and whether it comes from the segment's own pilot. */
  boundary: share,
  own_boundary: z.boolean(),
  /** By production week: labelled outputs and their accuracy. */
  week_outputs: z.array(count),
  week_accuracy: z.array(share.nullable()),
});

/** When the draws alarmed in one segment. */
export const segmentAlarmsSchema = z.strictObject({
  /** Draws with an alarm. */
  alarmed: count,
  /** Week whose reviews gave the last evidence, and the day of the outputs that gave it. */
  week: days.nullable(),
  day: days.nullable(),
  likely_start: days.nullable(),
  /** Reviewed outputs of the segment since the start of production, and since the likely start. */
  reviews: counts.nullable(),
  reviews_since_start: counts.nullable(),
  /** Reviews of everybody since the start of production. */
  all_reviews: counts.nullable(),
  /** Draws that alarmed first in each production week. */
  week_alarms: z.array(count),
  /** Draws with a false alarm when nothing changes. */
  false_draws: count,
});

/** What happened when nothing changes: the same outputs with their time shuffled. */
export const noLossSchema = z.strictObject({
  clusters_declared: z.boolean(),
  /** Draws with a false alarm, and false alarms in all of them. */
  draws_with_any: count,
  alarms: count,
  /** False alarms per year with their interval. */
  per_year: z.strictObject({ mean: z.number(), low: z.number(), high: z.number() }),
  /** Alarms in segments whose accuracy lies below their boundary all the time: right, and not counted as false. */
  right: count,
});

export const budgetResultSchema = z.strictObject({
  reviews_per_week: count,
  /** Evidence at which a detector alarms. */
  threshold: z.number(),
  /** Reviewed outputs in one draw, on average. */
  reviewed: z.number(),
  /** At most so many false alarms a year follow from the threshold and from what was reviewed. */
  bound_per_year: z.number(),
  /** One for each of the result's segments. */
  segments: z.array(segmentAlarmsSchema),
  no_loss: noLossSchema,
  /** The same with clusters treated the other way; null when there are none. */
  no_loss_otherwise: noLossSchema.nullable(),
});

export const backtestResultSchema = z.strictObject({
  history: z.strictObject({
    outputs: count,
    pilot_outputs: count,
    /** Outputs whose correctness nobody can know. */
    unknown: count,
    clusters: count,
    first_day: day,
    last_day: day,
    /** From the first to the last day of production. */
    years: z.number().gt(0),
  }),
  draws: count,
  /** Mondays of the weeks with production. */
  weeks: z.array(day),
  /** All outputs first, then by traffic. */
  segments: z.array(backtestSegmentSchema),
  /** Segments with little traffic that are not listed. */
  left_out: count,
  budgets: z.array(budgetResultSchema).min(1),
  /** How long it took. */
  seconds: z.number(),
});

export const BACKTEST_STATES = ["WAITING", "RUNNING", "DONE", "FAILED", "CANCELLED"] as const;

export const backtestSummarySchema = z.strictObject({
  id: z.uuid(),
  state: z.enum(BACKTEST_STATES),
  settings: backtestSettingsSchema,
  draws_done: count,
  draws_total: count,
  /** One sentence when it failed. */
  problem: z.string().nullable(),
  created_at: instant,
  created_by: z.string().nullable(),
  started_at: instant.nullable(),
  finished_at: instant.nullable(),
});

export const backtestSchema = backtestSummarySchema.extend({ result: backtestResultSchema.nullable() });

/** What there is to replay. */
export const labelledHistorySchema = z.strictObject({
  /** reviews: settled samples. truth: every output whose truth came by API. */
  kind: z.enum(["reviews", "truth"]),
  outputs: count,
  pilot_outputs: count,
  first_day: day.nullable(),
  last_day: day.nullable(),
  /** Labelled production outputs a week, on average. */
  per_week: z.number(),
  clusters: count,
});

export const backtestListSchema = z.strictObject({
  history: labelledHistorySchema,
  backtests: z.array(backtestSummarySchema),
  next: z.string().nullable(),
});

export const backtestQuerySchema = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  /** From an answer: what comes after it. */
  after: z.string().max(600).optional(),
});
export type BacktestQuery = z.output<typeof backtestQuerySchema>;

export type StartBacktest = z.output<typeof startBacktestSchema>;
export type BacktestSettings = z.output<typeof backtestSettingsSchema>;
export type BacktestSegment = z.output<typeof backtestSegmentSchema>;
export type SegmentAlarms = z.output<typeof segmentAlarmsSchema>;
export type NoLoss = z.output<typeof noLossSchema>;
export type BudgetResult = z.output<typeof budgetResultSchema>;
export type BacktestResult = z.output<typeof backtestResultSchema>;
export type BacktestSummary = z.output<typeof backtestSummarySchema>;
export type Backtest = z.output<typeof backtestSchema>;
export type LabelledHistory = z.output<typeof labelledHistorySchema>;
