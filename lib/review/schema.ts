import * as z from "zod";
import { remarkRequest, storedRemark } from "./remark-schema";

/** RFC 6901: "" is the whole document, "/label" its member. */
const pointer = z
  .string()
  .max(300)
  .regex(/^(\/([^~/]|~[01])*)*$/, "must be a JSON pointer: empty for the whole value, or like /label");

export const FIELD_TYPES = ["category", "boolean", "number", "text", "date"] as const;

export const answerFieldSchema = z
  .strictObject({
    /** Name in answers; never changes its meaning within a version. */
    key: z
      .string()
      .regex(/^[a-zA-Z0-9_]{1,64}$/, "letters, digits and _ only, at most 64")
      .refine((key) => key !== "__proto__", "is reserved"),
    label: z.string().trim().min(1).max(120),
    /** One or two sentences shown under the field. */
    hint: z.string().max(500).optional(),
    type: z.enum(FIELD_TYPES),
    /** Of a category: what can be answered. */
    options: z
      .array(z.strictObject({ value: z.string().min(1).max(200), label: z.string().min(1).max(200) }))
      .min(2)
      .max(100)
      .optional(),
    /** Where the output has its value, and where a truth sent by API has it. */
    output_path: pointer,
    truth_path: pointer,
    /** Of a number: right when within either. Of a date: absolute, in days. */
    tolerance: z
      .strictObject({
        absolute: z.number().min(0).max(1e15).optional(),
        relative: z.number().min(0).max(10).optional(),
      })
      .optional(),
    /** Of a text: differences that do not count. */
    normalise: z
      .strictObject({
        case: z.boolean().default(true),
        space: z.boolean().default(true),
        punctuation: z.boolean().default(false),
        accents: z.boolean().default(false),
      })
      .optional(),
    weight: z.number().positive().max(1000).default(1),
    /** An answer without it is not complete. */
    required: z.boolean().default(true),
  })
  .superRefine((field, context) => {
    if (field.type === "category" && !field.options)
      context.addIssue({
        code: "custom",
        path: ["options"],
        message: "a category needs at least two options",
      });
    if (field.type !== "category" && field.options)
      context.addIssue({ code: "custom", path: ["options"], message: "only a category has options" });
    if (field.options && new Set(field.options.map((each) => each.value)).size < field.options.length)
      context.addIssue({ code: "custom", path: ["options"], message: "two options have the same value" });
    if (field.tolerance && field.type !== "number" && field.type !== "date")
      context.addIssue({
        code: "custom",
        path: ["tolerance"],
        message: "only numbers and dates have a tolerance",
      });
    if (field.normalise && field.type !== "text")
      context.addIssue({ code: "custom", path: ["normalise"], message: "only texts are normalised" });
  });

/** What reviewers answer and how it is compared with the output. One field, or many for structured extraction. */
export const answerDefinitionSchema = z
  .strictObject({
    fields: z.array(answerFieldSchema).min(1).max(50),
    /** The output is right when its score (weighted share of matching fields) reaches this. */
    threshold: z.number().gt(0).max(1).default(1),
  })
  .superRefine((definition, context) => {
    const keys = definition.fields.map((field) => field.key);
    for (const [index, key] of keys.entries())
      if (keys.indexOf(key) < index)
        context.addIssue({
          code: "custom",
          path: ["fields", index, "key"],
          message: "this key is used twice",
        });
  });

export type AnswerField = z.output<typeof answerFieldSchema>;
export type AnswerDefinition = z.output<typeof answerDefinitionSchema>;
export type FieldType = AnswerField["type"];

/** null = the reviewer says that there is none. */
export type AnswerValue = string | number | boolean | null;
export type Answer = Record<string, AnswerValue>;

export const answerSchema = z.record(
  z.string().max(64),
  z.union([z.string().max(20_000), z.number(), z.boolean(), z.null()]),
);

export const FIELD_RESULTS = ["match", "mismatch", "missing", "extra"] as const;
export type FieldResultKind = (typeof FIELD_RESULTS)[number];

/** missing: the output lacks what the answer has. extra: it has what the answer lacks. */
export const fieldResultSchema = z.strictObject({ field: z.string(), result: z.enum(FIELD_RESULTS) });
export type FieldResult = z.output<typeof fieldResultSchema>;

export interface Comparison {
  fieldResults: FieldResult[];
  /** Weighted share of matching fields, 0..1. */
  score: number;
  verdict: "CORRECT" | "INCORRECT";
}

/* What travels between the review screen (or another client of people) and /api/v1/projects/{project}/reviews. */

const lease = { slot_id: z.uuid(), lease_token: z.uuid() };
const reason = z.string().trim().min(1).max(500);
const verdict = z.enum(["CORRECT", "INCORRECT"]);
/** Refused when it does not fit the form: the use case says what is wrong at which field. */
const statedAnswer = z.record(z.string().max(64), z.unknown());

export const claimRequestSchema = z.strictObject({
  /** Fetched ahead: held shortly, until a heartbeat says that it is shown. */
  prefetch: z.boolean().default(false),
  /** After a reload: this very item again, if the lease still stands. */
  resume: z.strictObject(lease).optional(),
});

export const heartbeatRequestSchema = z.strictObject({
  leases: z
    .array(z.strictObject({ ...lease, shown: z.boolean() }))
    .min(1)
    .max(5),
});

export const releaseRequestSchema = z.strictObject({ leases: z.array(z.strictObject(lease)).min(1).max(5) });

export const revealRequestSchema = z.strictObject({
  ...lease,
  answer_schema_id: z.uuid(),
  answer: statedAnswer,
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

export const reviewItemSchema = z.object({
  slot_id: z.string(),
  lease_token: z.string(),
  seconds_left: z.number(),
  /** The sender's own number of the case. */
  reference: z.string(),
  input: z.unknown(),
  form: z.object({
    id: z.string(),
    version: z.number(),
    definition: answerDefinitionSchema,
    instructions: z.string(),
  }),
  /** Set when this person has stated an answer before: it is fixed, and the output is no secret. */
  revealed: revealedSchema.nullable(),
});
export type ReviewItem = z.output<typeof reviewItemSchema>;

export const EMPTY_REASONS = [
  /** Nobody has said yet what reviewers are to answer. */
  "no_form",
  /** Nothing was ever drawn for review. */
  "no_samples",
  /** Everything drawn so far is judged. */
  "all_done",
  /** What is left for this person is held by others (or by another tab of theirs) until `free_at`. */
  "all_held",
  /** What is left was judged or handed on by this person: it needs somebody else. */
  "needs_others",
] as const;
export type EmptyReason = (typeof EMPTY_REASONS)[number];

export const queueStatusSchema = z.object({
  done_today: z.number(),
  left: z.number(),
  left_is_at_least: z.boolean(),
  deferred: z.number(),
  seconds_per_item: z.number().nullable(),
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
  /** Null: somebody else has it, it was withdrawn, or it is done. */
  leases: z.array(z.object({ slot_id: z.string(), seconds_left: z.number().nullable() })),
});

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

export const newAnswerSchemaSchema = z.strictObject({
  definition: answerDefinitionSchema,
  instructions: z.string().max(20_000),
  /** The version that the change started from; 0 when there is none yet. */
  base_version: z.int().min(0),
});

export const answerSchemaVersionSchema = z.object({
  id: z.string(),
  version: z.number(),
  definition: answerDefinitionSchema,
  instructions: z.string(),
  created_at: z.iso.datetime(),
});
export type AnswerSchemaJson = z.output<typeof answerSchemaVersionSchema>;
