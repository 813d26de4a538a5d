import * as z from "zod";

import { BESIDES, WITH_HELD } from "./dataset-choice";

export const datasetQuerySchema = z.strictObject({
  format: z.enum(["jsonl", "csv"]).default("jsonl"),
  /** Days of the project's zone; both belong to it. */
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  /** Several by comma. */
  include: z
    .string()
    .max(100)
    .transform((text) => text.split(",").filter((each) => each !== ""))
    .pipe(z.array(z.enum([...BESIDES, WITH_HELD])))
    .default([]),
});
export type DatasetQuery = z.output<typeof datasetQuerySchema>;

const json = z
  .string()
  .nullable()
  .transform((text) => (text === null ? null : (JSON.parse(text) as unknown)));

/** One judged output as it is exported; in this order the columns of a CSV file. */
export const datasetRowSchema = z.object({
  kind: z.enum(["sample", "gold", "repeat", "diagnostic"]),
  id: z.string(),
  phase: z.enum(["pilot", "production", "held"]),
  occurred_at: z.string(),
  day: z.string(),
  model_name: z.string().nullable(),
  model_version: z.string().nullable(),
  confidence: z.number().nullable(),
  segments: z.record(z.string(), z.string()),
  stratum: z.string(),
  /** Whether it is in the accuracy. */
  counted: z.boolean(),
  /** Probability with which it came to be counted; null when it is not. */
  inclusion_probability: z.number().nullable(),
  /** 1 / inclusion_probability. */
  design_weight: z.number().nullable(),
  /** The same, scaled so that each stratum weighs as much as its traffic in the days of this export. */
  weight: z.number().nullable(),
  verdict: z.enum(["correct", "incorrect", "cannot_judge"]).nullable(),
  score: z.number().nullable(),
  /** review | agreement | adjudication | truth */
  settled_by: z.string().nullable(),
  input: json,
  output: json,
  /** Of the review that decided. */
  answer: z.unknown(),
  correction: z.unknown(),
  error_tags: z.array(z.string()),
  severity: z.string().nullable(),
  comment: z.string().nullable(),
  overrule_reason: z.string().nullable(),
  /** The truth that was sent, where that decided. */
  truth: json,
  form_version: z.number().nullable(),
  reviewed_at: z.string().nullable(),
  /** Every look that stands: [{look, verdict, form_version, reviewed_at}]. */
  looks: z.array(
    z.object({
      look: z.number(),
      verdict: z.string().nullable(),
      form_version: z.number(),
      reviewed_at: z.string(),
    }),
  ),
});
export type DatasetRow = z.output<typeof datasetRowSchema>;
