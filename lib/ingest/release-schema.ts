import * as z from "zod";

/* A release marked by hand. Browser-safe. */

const storable = (text: string) => !/[\0\p{Surrogate}]/u.test(text);
const shortText = z.string().trim().min(1).max(200).refine(storable, "This text cannot be stored.");

export const markReleaseSchema = z.strictObject({
  model_name: shortText,
  model_version: shortText,
  /** Of the project's time zone. */
  day: z.iso.date(),
  note: z.string().trim().max(500).refine(storable, "This text cannot be stored.").optional(),
});

export const markedReleaseSchema = z.strictObject({ id: z.uuid(), is_new: z.boolean() });

export type MarkReleaseInput = z.output<typeof markReleaseSchema>;
