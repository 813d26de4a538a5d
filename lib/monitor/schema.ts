import { joinSegment, segmentParts } from "@/lib/incident/segment-part";
import * as z from "zod";

/*
 * What is watched and against which boundary, as pages and the API take and answer it. Accuracies are shares in [0, 1].
 * A watched attribute is named by its segment key: a plain name, or for a pair the JSON array of its two names. The overall
 * stream is always watched and is not in the list. Browser-safe.
 */

const share = z.number().min(0).max(1);
const count = z.number().int().min(0);
const instant = z.iso.datetime({ offset: true });

/** One watched attribute more costs speed everywhere. */
export const MOST_WATCHED = 20;
export const MOST_SHOWN_SEGMENTS = 60;

export const monitorSettingsSchema = z.strictObject({
  attributes: z
    .array(z.string().min(1).max(450))
    .max(MOST_WATCHED, `At most ${MOST_WATCHED} attributes.`)
    .refine((keys) => new Set(keys).size === keys.length, "Each attribute once."),
  /** Accuracy that was promised; null: the boundary comes from the pilot. */
  floor: z.number("Enter a number.").min(0.05, "At least 5 %.").max(0.997, "At most 99.7 %.").nullable(),
  /** How far below the pilot's accuracy is still tolerated. */
  tolerance: z.number("Enter a number.").min(0, "At least 0.").max(0.2, "At most 20 points."),
  /** False alarms that are accepted in a year, over everything that is watched. */
  accepted_per_year: z.number("Enter a number.").min(0.01, "At least 0.01.").max(52, "At most 52."),
  /** What nobody could judge counts as wrong instead of as missing. */
  unsure_counts_wrong: z.boolean(),
});

export const changeMonitorSchema = monitorSettingsSchema.extend({
  /** The version that the change starts from, 0 when there is none: of two who change it at once, the second is told. */
  base_version: count,
  note: z.string().trim().max(500).optional(),
});

/** The pilot behind a boundary, as it was when the version was made: the JSON column `pilot` of a monitor plan. */
export const monitorPilotSchema = z.strictObject({
  mean: share,
  low: share,
  high: share,
  /** Confidence level of low and high. */
  level: share,
  n: count,
  effective_n: z.number().min(0),
  /** Lower end of its 80 % interval: the boundary lies there, or the tolerance below the mean when that is lower. */
  low80: share,
  /** When the baseline was frozen; null: the pilot as it was just then. */
  frozen_at: instant.nullable(),
});

export const MONITOR_REASONS = ["automatic", "changed", "baseline"] as const;

/** A segment with enough pilot labels for a boundary of its own. */
export const monitorBoundarySchema = z.strictObject({
  attribute: z.string(),
  value: z.string(),
  boundary: share,
  pilot_reviews: count,
});

export const monitorVersionSchema = monitorSettingsSchema.extend({
  version: z.number().int().min(1),
  /** Of the overall stream and of every segment without one of its own. */
  boundary: share,
  pilot: monitorPilotSchema.nullable(),
  /** Evidence at which a detector alarms, and the reviews a year that it counts on. */
  threshold: z.number(),
  reviews_per_year: z.number(),
  /** Segments with a boundary of their own; the first 200, by attribute and value. */
  boundaries: z.array(monitorBoundarySchema).max(200),
  /** How many there are. */
  boundary_count: count,
  /** The first cohort that it sees, and the newest that it has seen. */
  first_sequence: count,
  fed_sequence: count,
  reason: z.enum(MONITOR_REASONS),
  note: z.string().nullable(),
  created_at: instant,
  created_by: z.string().nullable(),
});

/** none: nothing is watched. waiting: the newest version has seen no cohort yet. stale: no evaluation has ended for minutes. */
export const MONITORING_STATES = ["none", "waiting", "watching", "stale"] as const;

/** Why nothing is watched: nothing was sent, no day has enough reviews yet, or there is nothing to compare with. */
export const NO_MONITORING_REASONS = ["no_outputs", "no_cohort", "no_boundary"] as const;

export const monitoringStateSchema = z.strictObject({
  state: z.enum(MONITORING_STATES),
  /** Null unless the state is none. */
  reason: z.enum(NO_MONITORING_REASONS).nullable(),
  /** When an evaluation last ran to its end; null: never, or nothing is watched. */
  evaluated_at: instant.nullable(),
  /** Days that were closed for the detectors, of them those that the newest version has seen, and the newest such day. */
  cohorts: count,
  fed: count,
  newest_day: z.iso.date().nullable(),
  /** The oldest day that is over and not closed, and the reviews that it still needs. */
  oldest_waiting: z.strictObject({ day: z.iso.date(), reviews: count }).nullable(),
  /** False while something that was counted waits to be evaluated; a few seconds. */
  up_to_date: z.boolean(),
});

/** Reviews of equal weight until a drop raises the alarm. */
export const detectionSchema = z.strictObject({
  /** A share: 0.05 is five points, counted from the usual accuracy. */
  drop: share,
  /** On average, and in 80 % of cases; null: the accuracy after the drop is not below the boundary. */
  reviews: z.strictObject({ mean: z.number(), in80: z.number() }).nullable(),
  /** Weeks of the mean at the present sampling plan; null: as above, or nothing is reviewed. */
  weeks: z.number().nullable(),
});

export const watchedSegmentSchema = z.strictObject({
  attribute: z.string(),
  value: z.string(),
  boundary: share,
  /** Accuracy from which a drop is counted: the pilot's, or the promised one without a pilot. */
  usual: share,
  /** The boundary is the segment's own. */
  own: z.boolean(),
  pilot_reviews: count,
  outputs_per_week: z.number().min(0),
  reviews_per_week: z.number().min(0),
  /** Drops of 10 and of 5 points. */
  detections: z.array(detectionSchema),
});

export const watchedAttributeSchema = z.strictObject({
  attribute: z.string(),
  /** Values seen in the last four weeks with outputs. */
  values: count,
  /** Share of the outputs of that time that carry it. */
  coverage: share,
});

/** What a larger pilot would change for a drop of five points. */
export const pilotSupportSchema = z.strictObject({
  labels: count,
  /** Reviews that find it on average with this pilot; null: none do. */
  reviews: z.number().nullable(),
  /** With a pilot of so many labels and the same accuracy. */
  larger: z.strictObject({ labels: count, boundary: share, reviews: z.number().nullable() }),
  /** The pilot is too small to support an alarm for such a drop. */
  too_small: z.boolean(),
});

export const monitorMeaningSchema = z.strictObject({
  /** Null: nothing is promised and too little of the pilot was judged; then there are no rows. */
  overall: watchedSegmentSchema.nullable(),
  pilot: monitorPilotSchema.nullable(),
  support: pilotSupportSchema.nullable(),
  /** Judged pilot outputs that a boundary takes, for all and for a segment's own. */
  fewest_pilot: count,
  fewest_own: count,
  /** Attributes that share the false alarms, the overall stream included. */
  watched: z.number().int().min(1),
  reviews_per_year: z.number(),
  threshold: z.number(),
  /** Days of past traffic that it rests on; 0: none yet. */
  days: count,
  attributes: z.array(watchedAttributeSchema),
  /** The busiest segments. */
  rows: z.array(watchedSegmentSchema).max(MOST_SHOWN_SEGMENTS),
  left_out: count,
});

export type MonitoringState = z.output<typeof monitoringStateSchema>;
export type MonitorSettings = z.output<typeof monitorSettingsSchema>;
export type MonitorChange = z.output<typeof changeMonitorSchema>;
export type MonitorPilot = z.output<typeof monitorPilotSchema>;
export type MonitorVersion = z.output<typeof monitorVersionSchema>;
export type MonitorMeaning = z.output<typeof monitorMeaningSchema>;
export type WatchedSegment = z.output<typeof watchedSegmentSchema>;
export type WatchedAttribute = z.output<typeof watchedAttributeSchema>;
export type PilotSupport = z.output<typeof pilotSupportSchema>;

/** The single names of a watched attribute: one, or the two of a pair. */
export function watchedNames(key: string): string[] {
  for (const values of ['["",""]', '[""]']) {
    const names = segmentParts({ attribute: key, value: values }).map(({ attribute }) => attribute);
    if (names.length > 1 || names[0] !== key) return names;
  }
  return [key];
}

/** The opposite: how an attribute or a pair is written in the list of what is watched. */
export function watchedKey(names: readonly string[]): string {
  return joinSegment(names.map((attribute) => ({ attribute, value: "" }))).attribute;
}
