import * as z from "zod";

import { OUTPUT_SORTS, outputFilterSchema, outputRowSchema } from "./schema";

export const EXPORT_FORMATS = ["csv", "jsonl"] as const;

export const outputExportSchema = outputFilterSchema.extend({
  sort: z.enum(OUTPUT_SORTS).default("newest"),
  format: z.enum(EXPORT_FORMATS).default("csv"),
});
export type OutputExport = z.output<typeof outputExportSchema>;

/** One output as it is exported; in this order the columns of a CSV file. Documents are JSON as it is stored. */
export const exportedRowSchema = z.object({
  id: z.uuid(),
  external_id: z.string(),
  occurred_at: z.string(),
  day: z.string(),
  received_at: z.string(),
  phase: outputRowSchema.shape.phase,
  model_name: z.string().nullable(),
  model_version: z.string().nullable(),
  segments: z.record(z.string(), z.string()),
  confidence: z.number().nullable(),
  flags: z.array(z.string()),
  state: outputRowSchema.shape.state,
  verdict: outputRowSchema.shape.verdict,
  score: z.number().nullable(),
  /** Probability with which it came to be counted; null when it is not in the accuracy. */
  inclusion_probability: z.number().nullable(),
  /** How many outputs it stands for there. */
  design_weight: z.number().nullable(),
  /** Null without the permission to read payloads. */
  input: z.string().nullable(),
  output: z.string().nullable(),
});
export type ExportedRow = z.output<typeof exportedRowSchema>;
