import * as z from "zod";

import { LONGEST, MOST_EXCLUDED, MOST_SEGMENTS, MOST_TEXTS } from "./filter-limit";

/* Shapes of stored outputs as pages and the read API answer them. Browser-safe. */

const yesNo = z.enum(["yes", "no"]);

export const VERDICTS = ["correct", "incorrect", "cannot_judge"] as const;

/**
 * counted: its verdict is in the estimate. unsure: no reviewer could judge it. surplus: judged, but others of the same draw are
 * not yet, so that it may not be counted. waiting: in the queue. withdrawn: drawn, no longer served. not_drawn.
 */
export const REVIEW_STATES = ["counted", "unsure", "surplus", "waiting", "withdrawn", "not_drawn"] as const;
export type ReviewState = (typeof REVIEW_STATES)[number];

export const OUTPUT_SORTS = ["newest", "oldest", "id"] as const;

/** "device=ios"; only the first equals sign separates. */
const segmentText = z
  .string()
  .max(LONGEST.segment)
  .regex(/^[^=]+=/, "must be attribute=value");

/** What must not hold: "segment.channel=web", "version=3", "verdict=correct". */
const excludedText = z
  .string()
  .max(LONGEST.not)
  .regex(/^(?:segment\.[^=]+|version|verdict|state|flag|reviewer)=/, "must be name=value")
  .refine((text) => {
    const value = text.slice(text.indexOf("=") + 1);
    if (text.startsWith("verdict=")) return VERDICTS.some((each) => each === value);
    return !text.startsWith("state=") || REVIEW_STATES.some((each) => each === value);
  }, "names a verdict or state that does not exist");

const oneOrMore = <T extends z.ZodType<string>>(each: T, most: number) =>
  z
    .union([each, z.array(each).max(most)])
    .transform((value): string[] => (typeof value === "string" ? [value] : value))
    .optional();

export const outputFilterSchema = z.strictObject({
  /** Days of the project's time zone; both belong to it. */
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  /** Up to five, all must hold. */
  segment: oneOrMore(segmentText, MOST_SEGMENTS),
  version: z.string().max(LONGEST.version).optional(),
  phase: z.enum(["pilot", "production"]).optional(),
  verdict: z.enum(VERDICTS).optional(),
  /** yes: its verdict is in the estimate. no: it is not. */
  reviewed: yesNo.optional(),
  state: z.enum(REVIEW_STATES).optional(),
  /** yes, no, or one reason code. */
  flag: z.string().max(LONGEST.flag).optional(),
  /** What a field of the input or output must fulfil, for those who may see payloads: see field-condition.ts */
  field: z.string().max(LONGEST.field).optional(),
  /** Beginning of the sender's id. */
  id: z.string().max(LONGEST.id).optional(),
  /** Name of somebody who judged it. */
  reviewer: z.string().max(LONGEST.reviewer).optional(),
  /** name=value that must not hold, up to ten; of a segment: segment.attribute=value. */
  not: oneOrMore(excludedText, MOST_EXCLUDED),
  /** Up to five; each must occur in the sender's id or, for those who may see payloads, in the input or output. */
  text: oneOrMore(z.string().min(1).max(LONGEST.text), MOST_TEXTS),
});

export const outputQuerySchema = outputFilterSchema.extend({
  sort: z.enum(OUTPUT_SORTS).default("newest"),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  /** From an answer: the page after or before it. */
  after: z.string().max(600).optional(),
  before: z.string().max(600).optional(),
});

const instant = z.iso.datetime({ offset: true });

export const outputRowSchema = z.strictObject({
  id: z.uuid(),
  external_id: z.string(),
  occurred_at: instant,
  received_at: instant,
  /** held: in quarantine; it is in no list. */
  phase: z.enum(["pilot", "production", "held"]),
  model_name: z.string().nullable(),
  model_version: z.string().nullable(),
  segments: z.record(z.string(), z.string()),
  confidence: z.number().nullable(),
  flags: z.array(z.string()),
  state: z.enum(REVIEW_STATES),
  verdict: z.enum(VERDICTS).nullable(),
  score: z.number().nullable(),
  /** The output's beginning as text; null without the permission to read payloads. */
  preview: z.string().nullable(),
});

export const outputPageSchema = z.strictObject({
  outputs: z.array(outputRowSchema),
  /** How many match, of those that one look goes through; counting stops at 1,001. */
  matching: z.number().int().min(0).max(1001),
  /** Whether `matching` is all there is. */
  matching_all: z.boolean(),
  /** Set where the page ended before the last output because so many had been looked at: `next` goes on from there. */
  stopped_at: z.strictObject({ looked_at: z.number().int(), occurred_at: instant.nullable() }).nullable(),
  next: z.string().nullable(),
  previous: z.string().nullable(),
});

const payload = z.unknown();

export const outputReviewSchema = z.strictObject({
  id: z.uuid(),
  reviewer: z.string(),
  look: z.number().int(),
  revision: z.number().int(),
  outcome: z.enum(["answered", "cannot_judge", "skipped", "undone"]),
  primary: z.boolean(),
  verdict: z.enum(VERDICTS).nullable(),
  computed_verdict: z.enum(VERDICTS).nullable(),
  score: z.number().nullable(),
  overrule_reason: z.string().nullable(),
  reason: z.string().nullable(),
  comment: z.string().nullable(),
  /** Keys of the form's error tags. */
  error_tags: z.array(z.string()),
  severity: z.enum(["minor", "major", "critical"]).nullable(),
  /** By field, where the output should have said something else than the answer; null without the permission to read payloads. */
  correction: payload,
  field_results: z.array(z.strictObject({ field: z.string(), result: z.string() })).nullable(),
  /** null without the permission to read payloads. */
  answer: payload,
  active_seconds: z.number().nullable(),
  submitted_at: instant,
});

export const outputTruthSchema = z.strictObject({
  id: z.uuid(),
  value: payload,
  known_at: instant.nullable(),
  received_at: instant,
});

export const outputDetailSchema = outputRowSchema.omit({ preview: true }).extend({
  source: z.strictObject({ name: z.string(), kind: z.enum(["api", "hook"]) }),
  cluster: z.string().nullable(),
  /** input, output and extra; null without the permission to read payloads. */
  payload: z.strictObject({ input: payload, output: payload, extra: payload }).nullable(),
  settled_by: z.string().nullable(),
  settled_at: instant.nullable(),
  sampling: z.strictObject({
    random_number: z.number(),
    rate: z.number(),
    effective_rate: z.number(),
    source_probability: z.number(),
    /** How many outputs this one stands for: 1 / inclusion probability; null while it does not count. */
    weight: z.number().nullable(),
    stratum: z.strictObject({ attribute: z.string(), value: z.string(), flagged: z.boolean() }),
    epoch: z.strictObject({ starts_at: instant, ends_at: instant, closed: z.boolean() }),
  }),
  reviews: z.array(outputReviewSchema),
  truths: z.array(outputTruthSchema),
  /** Second versions that were sent under the same id and kept apart. */
  conflicts: z.number().int(),
  neighbours: z.strictObject({ newer: z.uuid().nullable(), older: z.uuid().nullable() }),
});

export type OutputFilter = z.output<typeof outputFilterSchema>;
export type OutputQuery = z.output<typeof outputQuerySchema>;
export type OutputRow = z.output<typeof outputRowSchema>;
export type OutputPage = z.output<typeof outputPageSchema>;
export type OutputDetail = z.output<typeof outputDetailSchema>;
export type OutputReview = z.output<typeof outputReviewSchema>;
