import * as z from "zod";

const name = z.string().min(1).max(200);

/** By attribute the values that somebody is given; an output must have one of the values of each. Empty = everything. */
export const skillsSchema = z
  .record(name, z.array(z.string().max(1_000)).min(1).max(50))
  .refine((skills) => Object.keys(skills).length <= 10, "at most ten attributes");
export type Skills = z.output<typeof skillsSchema>;

export const reviewerSettingSchema = z.object({
  paused: z.boolean(),
  /** A goal, not a limit. */
  target_per_week: z.number().nullable(),
  skills: skillsSchema,
});
export type ReviewerSetting = z.output<typeof reviewerSettingSchema>;

export const changeReviewerSchema = z.strictObject({
  paused: z.boolean().optional(),
  target_per_week: z.int().min(1).max(10_000).nullable().optional(),
  skills: skillsSchema.optional(),
});
export type ReviewerChange = z.output<typeof changeReviewerSchema>;

export const changeQueueSchema = z.strictObject({ paused: z.boolean() });

export const takeBackSchema = z.strictObject({ slot_id: z.uuid() });
