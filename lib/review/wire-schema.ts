import * as z from "zod";
import { answerDefinitionSchema, answerSchema, fieldResultSchema } from "./schema";

/* What travels between the review screen (or another client of people) and /api/v1/projects/{project}/reviews. */

/** What a person can take from: samples, those that two people judged differently, or hand-picked outputs. */
const queueNameSchema = z.enum(["review", "adjudicate", "diagnostic"]);
export type QueueName = z.output<typeof queueNameSchema>;

/** How bad a wrong output is. */
const severitySchema = z.enum(["minor", "major", "critical"]);
export type Severity = z.output<typeof severitySchema>;

/** Whether an answer was stated before its author saw the output, or after. */
export const reviewModeSchema = z.enum(["blind", "output_first"]);
export type ReviewMode = z.output<typeof reviewModeSchema>;

/** What a reviewer may say about an output beside the verdict, as the screen sends it. */
export const remarkRequest = {
  /** Keys of the form's error tags. */
  error_tags: z
    .array(z.string().regex(/^[a-zA-Z0-9_]{1,64}$/))
    .max(20)
    .optional(),
  severity: severitySchema.optional(),
  /** What the output should have been, by field, where that differs from the answer. */
  correction: z.record(z.string().max(64), z.json()).optional(),
};

/** The same, as it was stored. */
export const storedRemark = {
  error_tags: z.array(z.string()),
  severity: severitySchema.nullable(),
  correction: z.unknown(),
};

const lease = { slot_id: z.uuid(), lease_token: z.uuid() };
const reason = z.string().trim().min(1).max(500);
const verdict = z.enum(["CORRECT", "INCORRECT"]);
/** Refused when it does not fit the form: the use case says what is wrong at which field. */
const statedAnswer = z.record(z.string().max(64), z.unknown());

/** Who means to do this: refused when somebody else is signed in by now, for example in another tab of a shared browser. */
const as = z.uuid().optional();
/** Ten that were taken back, one on the screen and those ahead. */
const MOST_LEASES = 16;

export const claimRequestSchema = z.strictObject({
  queue: queueNameSchema.default("review"),
  /** Fetched ahead: held shortly, until a heartbeat says that it is shown. */
  prefetch: z.boolean().default(false),
  /** After a reload: this very item again, if the lease still stands. */
  resume: z.strictObject(lease).optional(),
  as,
});

export const queueQuerySchema = z.strictObject({ queue: queueNameSchema.default("review"), as });

export const heartbeatRequestSchema = z.strictObject({
  leases: z
    .array(z.strictObject({ ...lease, shown: z.boolean() }))
    .min(1)
    .max(MOST_LEASES),
  as,
});

export const releaseRequestSchema = z.strictObject({
  leases: z.array(z.strictObject(lease)).min(1).max(MOST_LEASES),
});

export const revealRequestSchema = z.strictObject({
  ...lease,
  answer_schema_id: z.uuid(),
  answer: statedAnswer,
  as,
});

const decision = {
  ...lease,
  /** Made once per decision: a retry with the same key returns what is stored. */
  submission_key: z.uuid(),
  answer_schema_id: z.uuid(),
  comment: z.string().trim().min(1).max(2_000).optional(),
  ...remarkRequest,
  /** Time that the reviewer spent with the item in view. */
  active_ms: z.int().min(0).max(86_400_000).optional(),
  /** Leases the next item in the same request. */
  claim_next: z.boolean().default(false),
  as,
};

export const submitRequestSchema = z.strictObject({
  ...decision,
  /** Left out after a reveal: what was stated before it stands. */
  answer: statedAnswer.optional(),
  overrule: z.strictObject({ verdict, reason }).optional(),
});

export const skipRequestSchema = z.strictObject({
  ...decision,
  /** SKIPPED hands the item on to somebody else, CANNOT_JUDGE says that nobody could. */
  outcome: z.enum(["SKIPPED", "CANNOT_JUDGE"]),
  reason,
});

export const undoRequestSchema = z.strictObject({
  submission_key: z.uuid(),
  /** The newest decision of the last day, or the oldest item that was handed on. */
  which: z.enum(["last", "deferred"]).default("last"),
  /** Only what was decided there: hand-picked outputs and the rest are taken back apart. Left out: whatever it was. */
  queue: queueNameSchema.optional(),
  as,
});

export const revealedSchema = z.object({
  answer: answerSchema,
  output: z.unknown(),
  /** What the output says to each field of the form, by its key; left out where it says nothing. */
  output_values: z.record(z.string(), z.unknown()),
  field_results: z.array(fieldResultSchema),
  score: z.number(),
  verdict,
});
export type RevealedOutput = z.output<typeof revealedSchema>;

/** An output before the answer. */
const shownOutputSchema = revealedSchema.pick({ output: true, output_values: true });

/** What one of two people said about an item; who it was is not told. */
const opinionSchema = z.object({
  answer: answerSchema,
  field_results: z.array(fieldResultSchema),
  verdict,
  /** Set when the comparison said otherwise. */
  overrule_reason: z.string().nullable(),
  comment: z.string().nullable(),
  ...storedRemark,
});
export type Opinion = z.output<typeof opinionSchema>;

/** What a contract found in an input. */
const inputFlagSchema = z.object({
  /** A pointer into the input as contracts write it: "*" is every member; "" is the whole. */
  path: z.string(),
  sentence: z.string(),
});
export type InputFlag = z.output<typeof inputFlagSchema>;

export const reviewItemSchema = z.object({
  slot_id: z.string(),
  lease_token: z.string(),
  seconds_left: z.number(),
  /** The sender's own number of the case. */
  reference: z.string(),
  input: z.unknown(),
  /** What was found in the input when it came in; nothing here depends on the output. */
  input_flags: z.array(inputFlagSchema),
  form: z.object({
    id: z.string(),
    version: z.number(),
    definition: answerDefinitionSchema,
    instructions: z.string(),
  }),
  /** Set when this person has stated an answer before: it is fixed, and the output is no secret. */
  revealed: revealedSchema.nullable(),
  /** Set when the output comes before the answer. */
  shown: shownOutputSchema.nullable(),
  /** What two people said who differ; set when this person is to decide between them. */
  opinions: z.array(opinionSchema).nullable(),
});
export type ReviewItem = z.output<typeof reviewItemSchema>;

export const EMPTY_REASONS = [
  /** Nobody has said yet what reviewers are to answer. */
  "no_form",
  /** A manager has stopped the queue for everybody. */
  "queue_paused",
  /** A manager has stopped it for this person. */
  "paused",
  /** Nothing was ever drawn for review. */
  "no_samples",
  /** Everything drawn so far is judged. */
  "all_done",
  /** What is left for this person is held by others (or by another tab of theirs) until `free_at`. */
  "all_held",
  /** What is left was judged or handed on by this person: it needs somebody else. */
  "needs_others",
  /** Something waits, and all of it is assigned to others. */
  "nothing_assigned",
] as const;
export type EmptyReason = (typeof EMPTY_REASONS)[number];

export const queueStatusSchema = z.object({
  done_today: z.number(),
  left: z.number(),
  left_is_at_least: z.boolean(),
  deferred: z.number(),
  /** Seconds for `items`, in four of five sessions between low and high; null until there are enough timed reviews. */
  forecast: z.object({ items: z.number(), median: z.number(), low: z.number(), high: z.number() }).nullable(),
  /** Timed reviews that a forecast still needs. */
  forecast_after: z.number(),
  /**
   * Of the samples that the plan counts on in the weeks `since` to `until` (Mondays), how many are done without a gap in drawn order;
   * by everybody, as of `at`. Null where nothing was drawn, and in the other queues.
   */
  prefix: z
    .object({
      done: z.number(),
      planned: z.number(),
      since: z.iso.date(),
      until: z.iso.date(),
      at: z.iso.datetime(),
    })
    .nullable(),
  /** Which build of the pages the server serves: an open page of an older one is to be loaded again. */
  build: z.string(),
  /** Why nothing can be claimed now. */
  empty: z
    .object({ reason: z.enum(EMPTY_REASONS), free_at: z.iso.datetime().nullable(), held_by_me: z.number() })
    .nullable(),
});
export type ReviewQueueStatus = z.output<typeof queueStatusSchema>;

/** The queue is described when there was nothing to claim. */
export const claimedSchema = z.object({
  item: reviewItemSchema.nullable(),
  queue: queueStatusSchema.nullable(),
});
export type Claimed = z.output<typeof claimedSchema>;

export const heartbeatSchema = z.object({
  /** Null: it is done, somebody else has it, or (`withdrawn`) nobody needs it any more. */
  leases: z.array(
    z.object({ slot_id: z.string(), seconds_left: z.number().nullable(), withdrawn: z.boolean() }),
  ),
});
export type Heartbeat = z.output<typeof heartbeatSchema>;

export const storedReviewSchema = z.object({
  review_id: z.string(),
  revision: z.number(),
  /** False: the lease had been lost; kept as an extra opinion that does not enter the estimate. */
  primary: z.boolean(),
  /** This submission had been stored before. */
  repeated: z.boolean(),
  /** Of `claim_next`. */
  next: claimedSchema.nullable(),
});
export type SavedReview = z.output<typeof storedReviewSchema>;

export const undoneSchema = z.object({
  review_id: z.string(),
  /** Null when somebody else has it by now. */
  item: reviewItemSchema.nullable(),
  /** A third person had decided about this item: their decision stands. */
  adjudicated: z.boolean(),
  before: z.object({
    outcome: z.enum(["ANSWERED", "CANNOT_JUDGE", "SKIPPED"]),
    answer: answerSchema.nullable(),
    verdict: z.enum(["CORRECT", "INCORRECT", "CANNOT_JUDGE"]).nullable(),
    reason: z.string().nullable(),
    overrule_reason: z.string().nullable(),
    comment: z.string().nullable(),
    ...storedRemark,
  }),
});
export type UndoneReview = z.output<typeof undoneSchema>;
