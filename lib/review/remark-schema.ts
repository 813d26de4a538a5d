import * as z from "zod";

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
