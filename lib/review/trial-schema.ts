import * as z from "zod";
import { answerDefinitionSchema, answerSchema } from "./schema";
import { revealedSchema } from "./wire-schema";

/* What travels between the editor of the form and …/answer-schema/preview and …/answer-schema/dry-run: a form is tried, nothing changes. */

export const previewRequestSchema = z.strictObject({
  definition: answerDefinitionSchema,
  /** The output to try it on; the newest without it. */
  output_id: z.uuid().nullable().default(null),
  /** What somebody would answer; null while that is not complete. */
  answer: answerSchema.nullable().default(null),
});

/** What recent outputs say to one question. */
const fieldReadingSchema = z.object({
  key: z.string(),
  /** Outputs that have something at its place. */
  found: z.int(),
  /** Of those, how many say something that cannot be read as this kind of answer, or is none of its options. */
  unreadable: z.int(),
  /** A few of the values that cannot be read; else of those that can. */
  examples: z.array(z.string()),
});
export type FieldReading = z.output<typeof fieldReadingSchema>;

export const formPreviewSchema = z.object({
  looked_at: z.int(),
  readings: z.array(fieldReadingSchema),
  outputs: z.array(z.object({ id: z.string(), reference: z.string() })),
  /** Null when there is no output yet. */
  shown: z
    .object({
      id: z.string(),
      reference: z.string(),
      input: z.unknown(),
      output: z.unknown(),
      /** What it says to each question, by key; left out where it says nothing. */
      output_values: z.record(z.string(), z.unknown()),
    })
    .nullable(),
  /** What the answer comes to, as a reviewer would see it. */
  revealed: revealedSchema.nullable(),
});
export type FormPreview = z.output<typeof formPreviewSchema>;

export const dryRunRequestSchema = z.strictObject({ definition: answerDefinitionSchema });

const verdict = z.enum(["CORRECT", "INCORRECT"]);

export const dryRunSchema = z.object({
  /** Reviews looked at, the newest; `all_looked_at` is false when there are more. */
  looked_at: z.int(),
  all_looked_at: z.boolean(),
  /** Those whose answers say what this form asks. */
  compared: z.int(),
  /** Questions that some of the others do not answer. */
  lacking: z.array(z.object({ key: z.string(), label: z.string(), reviews: z.int() })),
  right_before: z.int(),
  right_after: z.int(),
  /** Reviews whose author decided against the comparison: their verdict stays. */
  overruled: z.int(),
  /** Of those, how many this form would judge as their author did. */
  overruled_no_longer: z.int(),
  changed: z.int(),
  /** The newest of them. */
  examples: z.array(
    z.object({
      output_id: z.string(),
      reference: z.string(),
      reviewed_at: z.iso.datetime(),
      version: z.int(),
      before: verdict,
      after: verdict,
      score: z.number(),
      /** Labels of the questions that are not right by this form. */
      wrong: z.array(z.string()),
    }),
  ),
});
export type DryRun = z.output<typeof dryRunSchema>;
