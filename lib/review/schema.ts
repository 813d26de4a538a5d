import * as z from "zod";
import { answerFieldSchema } from "./field-schema";
import { errorTagSchema, MOST_ERROR_TAGS } from "./tag-schema";

/** What reviewers answer and how it is compared with the output. One field, or many for structured extraction. */
export const answerDefinitionSchema = z
  .strictObject({
    fields: z.array(answerFieldSchema).min(1).max(50),
    /** The output is right when its score (weighted mean of its fields' scores) reaches this. */
    threshold: z.number().gt(0).max(1).default(1),
    /** What can be wrong with an output; without it the usual ones, empty for none. */
    error_tags: z.array(errorTagSchema).max(MOST_ERROR_TAGS).optional(),
    /** Whether reviewers are asked how bad a wrong output is. */
    severities: z.boolean().optional(),
  })
  .superRefine(({ fields, error_tags: tags = [] }, context) => {
    for (const [list, items] of Object.entries({ fields, error_tags: tags })) {
      const keys = items.map((item) => item.key);
      for (const [index, key] of keys.entries())
        if (keys.indexOf(key) < index)
          context.addIssue({ code: "custom", path: [list, index, "key"], message: "this key is used twice" });
    }
  });

export type AnswerField = z.output<typeof answerFieldSchema>;
export type AnswerDefinition = z.output<typeof answerDefinitionSchema>;
export type FieldType = AnswerField["type"];

/** A set or list is an array. null = the reviewer says that there is none. */
export type AnswerValue = string | number | boolean | string[] | null;
export type Answer = Record<string, AnswerValue>;

export const MOST_LINES = 200;
const LONGEST_LINE = 2_000;

export const answerSchema = z.record(
  z.string().max(64),
  z.union([
    z.string().max(20_000),
    z.number(),
    z.boolean(),
    z.array(z.string().max(LONGEST_LINE)).max(MOST_LINES),
    z.null(),
  ]),
);

export const FIELD_RESULTS = ["match", "mismatch", "missing", "extra"] as const;
export type FieldResultKind = (typeof FIELD_RESULTS)[number];

/** missing: the output lacks what the answer has. extra: it has what the answer lacks. */
export const fieldResultSchema = z.strictObject({
  field: z.string(),
  result: z.enum(FIELD_RESULTS),
  /** How close it is, 0..1, where there is something between right and wrong. */
  score: z.number().min(0).max(1).optional(),
});
export type FieldResult = z.output<typeof fieldResultSchema>;

export interface Comparison {
  /** One for each field, but none for a level that is not given yet. */
  fieldResults: FieldResult[];
  /** Weighted mean of the fields, 0..1: 1 for a match, else 0 or, with partial credit, how close it is. */
  score: number;
  verdict: "CORRECT" | "INCORRECT";
}

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
