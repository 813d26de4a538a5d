import * as z from "zod";
import { estimateSchema, releaseMarkSchema } from "@/lib/estimate/schema";
import { incidentFactsSchema } from "./facts-schema";
import { INPUT_INCIDENT_KINDS, inputFactsSchema } from "./input-schema";

/*
 * Incidents as the API answers them and as pages take them, and how segments are written. Accuracies are shares in [0, 1], days are
 * calendar days ("2026-03-02") of the project's time zone. Browser-safe.
 */

/** What reviews show, and what shows in the inputs themselves: at most one of a kind, segment and subject is not resolved. */
export const INCIDENT_KINDS = ["accuracy_drop", ...INPUT_INCIDENT_KINDS] as const;
export type IncidentKind = (typeof INCIDENT_KINDS)[number];

export const INCIDENT_STATES = ["open", "acknowledged", "resolved"] as const;

export const EVENT_KINDS = [
  "opened",
  /** The threshold was reached again. */
  "alarmed",
  "acknowledged",
  "muted",
  "unmuted",
  "resolved",
  "reopened",
  "noted",
  /** Labels behind it were corrected. */
  "corrected",
] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

export const RESOLVE_REASONS = ["fixed", "not_a_problem", "other"] as const;

/** The longest time for which an incident can be kept quiet; one that needs longer is resolved or lived with. */
export const LONGEST_MUTE_DAYS = 90;

const count = z.number().int().min(0);
const instant = z.iso.datetime({ offset: true });
const cursor = z.string().max(600);
const note = z.string().trim().max(2000);

/** What a person may say along with an action. */
export const noteBodySchema = z.strictObject({ note: note.optional() });

export const addNoteSchema = z.strictObject({ note: note.min(1, "Write something.") });

export const muteSchema = noteBodySchema.extend({ until: instant });

export const resolveSchema = noteBodySchema
  .extend({ reason: z.enum(RESOLVE_REASONS) })
  .refine(({ reason, note: text }) => reason !== "other" || Boolean(text), {
    path: ["note"],
    message: "Say why it is resolved.",
  });

/** Where an incident stands after an action. */
export const incidentStandingSchema = z.strictObject({
  id: z.uuid(),
  state: z.enum(INCIDENT_STATES),
  /** Quiet until then; null or past: not quiet. */
  muted_until: instant.nullable(),
  resolved_at: instant.nullable(),
});
export type IncidentStanding = z.output<typeof incidentStandingSchema>;

/* What the read API answers. */

const day = z.iso.date();
const share = z.number().min(0).max(1);
const segmentSchema = z.strictObject({ attribute: z.string(), value: z.string() });

/** A partition: an incident is in exactly one. Muted ones are not resolved, whether acknowledged or not. */
export const STANDINGS = ["open", "acknowledged", "muted", "resolved"] as const;

export const incidentRowSchema = incidentStandingSchema.extend({
  kind: z.enum(INCIDENT_KINDS),
  segment: segmentSchema,
  standing: z.enum(STANDINGS),
  /** When it was found. */
  opened_at: instant,
  /** Times that the threshold was reached. */
  alarms: count,
  /** Days of the cohorts in which the change likely began and in which it was found. */
  change_day: day.nullable(),
  alarm_day: day.nullable(),
  /** Accuracy that must not be undershot; null where it is not about accuracy. */
  boundary: share.nullable(),
  /** What was found in the inputs; null where it is about accuracy. */
  input: inputFactsSchema.nullable(),
  /** Accuracy from the likely start to the resolution or until now; approximate, as the labels themselves chose the start. */
  since: estimateSchema.nullable(),
  /** About how many outputs more than at the boundary were wrong in that time. */
  extra_wrong: z.number().min(0).nullable(),
});
export type IncidentRow = z.output<typeof incidentRowSchema>;

export const incidentQuerySchema = z.strictObject({
  standing: z.enum(["all", ...STANDINGS]).default("all"),
  /** Of one segment; both are "" for all outputs. */
  attribute: z.string().max(450).optional(),
  value: z.string().max(2000).optional(),
  /** "urgency": open ones first. "newest": by when they were found, an order in which none moves while one reads on. */
  sort: z.enum(["urgency", "newest"]).default("urgency"),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  /** From an answer: what comes after it. For programs; pages of the product ask by number. */
  after: cursor.optional(),
  page: z.coerce.number().int().min(1).max(10_000).default(1),
});
type IncidentQueryOutput = z.output<typeof incidentQuerySchema>;
export type IncidentQuery = Partial<IncidentQueryOutput> & Pick<IncidentQueryOutput, "standing" | "page">;

export const incidentListSchema = z.strictObject({
  /** Open ones first, then acknowledged, muted, resolved; among those not resolved the costliest first. */
  incidents: z.array(incidentRowSchema),
  page: count,
  pages: count,
  next: cursor.nullable(),
  /** Of the segment that was asked for, or of all. */
  counts: z.record(z.enum(STANDINGS), count),
  /** Segments that have ever had an incident, the busiest first; at most 100. */
  segments: z.array(segmentSchema),
});
export type IncidentList = z.output<typeof incidentListSchema>;

export const incidentEventSchema = z.strictObject({
  id: z.uuid(),
  kind: z.enum(EVENT_KINDS),
  at: instant,
  /** Null: Assay itself. */
  by: z.string().nullable(),
  note: z.string().nullable(),
  /** Numbers and days that belong to the kind. */
  details: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
});
export type IncidentEvent = z.output<typeof incidentEventSchema>;

/**
 * Highest evidence of the detector in one cohort, natural logarithm; it starts from zero again after an alarm. In the order of the
 * cohorts, which need not be that of their days.
 */
export const evidencePointSchema = z.strictObject({
  sequence: count,
  day,
  log_peak: z.number(),
  alarm: z.boolean(),
  /** From the cohort on in which the change likely began. */
  since_change: z.boolean(),
});
export type EvidencePoint = z.output<typeof evidencePointSchema>;

export const recoverySchema = z.strictObject({
  /** From what moment on reviews are counted. */
  marker: z.enum(["resolved", "release", "acknowledged"]),
  /** Reviews of later days count: day of the release, or the newest one known at the time. */
  day,
  release: z.string().nullable(),
  /** Reviews since then and how many of them were right, in reviews and weighted. */
  reviews: count,
  right: z.number().min(0),
  estimate: estimateSchema.nullable(),
  recovered: z.boolean(),
  /** About how many more reviews decide it if accuracy is back to where it was; null: thousands. */
  more_reviews: count.nullable(),
});
export type Recovery = z.output<typeof recoverySchema>;

const stretch = z.strictObject({
  estimate: estimateSchema,
  from: day,
  to: day,
  /** Labelled outputs, and those that nobody could judge. */
  reviews: count,
  unsure: count,
});

const events = z.array(incidentEventSchema).max(500);

const accuracyIncidentSchema = incidentRowSchema.extend({
  boundary: share,
  input: z.null(),
  facts: incidentFactsSchema,
  /** Version of what is watched under which it was found; null when that is not known. */
  monitor_version: count.nullable(),
  pilot: estimateSchema.nullable(),
  /** Up to 90 days before the likely start. */
  before: stretch.nullable(),
  /** From the likely start on, with the range that holds however often one looks. */
  period: stretch.extend({ band: z.strictObject({ low: share, high: share }) }).nullable(),
  /** Of all traffic since the likely start. */
  traffic_share: share.nullable(),
  evidence: z.array(evidencePointSchema).max(400),
  /** Of the 14 days before and after the likely start. */
  releases: z.array(releaseMarkSchema),
  recovery: recoverySchema.nullable(),
  events,
});
export type AccuracyIncident = z.output<typeof accuracyIncidentSchema>;

const inputIncidentSchema = incidentRowSchema.extend({
  boundary: z.null(),
  input: inputFactsSchema,
  /** What it is about, as its kind writes it. */
  subject: z.string(),
  events,
});
export type InputIncident = z.output<typeof inputIncidentSchema>;

export const incidentDetailSchema = z.union([accuracyIncidentSchema, inputIncidentSchema]);
export type IncidentDetail = z.output<typeof incidentDetailSchema>;

/** What a chart or a table says of an incident of a segment. */
export const incidentMarkSchema = z.strictObject({
  id: z.uuid(),
  segment: segmentSchema,
  standing: z.enum(STANDINGS),
  /** The likely start. */
  day,
  before: z.number().nullable(),
  since: z.number().nullable(),
});
export type IncidentMark = z.output<typeof incidentMarkSchema>;
