import * as z from "zod";
import { errorTagSchema, MOST_ERROR_TAGS } from "./tag-schema";

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
