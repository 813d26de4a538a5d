import * as z from "zod";

/** Hours without a record after which a project is told; null = never. */
export const silenceSettingSchema = z.strictObject({
  hours: z.int().min(1).max(2160).nullable(),
});
/** "a day" is "1 day": what is said of a setting. */
export function hoursText(hours: number): string {
  return hours % 24 === 0
    ? `${hours / 24} day${hours === 24 ? "" : "s"}`
    : `${hours} hour${hours === 1 ? "" : "s"}`;
}

export type SilenceSetting = z.output<typeof silenceSettingSchema>;
