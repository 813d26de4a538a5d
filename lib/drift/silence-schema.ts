import * as z from "zod";

/** Hours without a record after which a project is told; null = never. */
export const silenceSettingSchema = z.strictObject({
  hours: z.int().min(1).max(2160).nullable(),
});
export type SilenceSetting = z.output<typeof silenceSettingSchema>;
