import * as z from "zod";

const MOST_IMAGE_HOSTS = 20;

/** A full name with at least one dot, no address, no port, no wildcard: it becomes part of the page's policy. */
const IMAGE_HOST =
  /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** Whether images may be allowed to come from there: an exact host, in lower case. */
export function isImageHost(host: string): boolean {
  return IMAGE_HOST.test(host);
}

const imageHostSchema = z
  .string()
  .trim()
  .toLowerCase()
  .refine(isImageHost, "Write each host as it stands in the address, like images.example.com.");

export const reviewSettingSchema = z.strictObject({
  /** Whether reviewers state their answer before they see the output. */
  review_mode: z.enum(["BLIND_FIRST", "OUTPUT_FIRST"]),
  /** Of OUTPUT_FIRST: the share of outputs, drawn at random, that is answered blind all the same. */
  blind_arm_share: z.number().min(0).max(1),
  /** Share of what a reviewer is served that has a known answer. */
  gold_share: z.number().min(0).max(0.5),
  /** A known item is served no more after so many views. */
  gold_views: z.int().min(1).max(1_000),
  /** Own old items that a reviewer judges again each week. */
  repeat_per_week: z.int().min(0).max(100),
  /** How old these are at least. */
  repeat_after_days: z.int().min(1).max(365),
  /** Hosts from which images in inputs and outputs are shown, over https; no other image is loaded. */
  image_hosts: z.array(imageHostSchema).max(MOST_IMAGE_HOSTS),
});
export type ReviewSetting = z.output<typeof reviewSettingSchema>;

export const changeReviewSettingSchema = reviewSettingSchema.partial();
export type ReviewSettingChange = z.output<typeof changeReviewSettingSchema>;

export const newGoldSchema = z.strictObject({
  items: z
    .array(z.strictObject({ output_id: z.uuid(), seeded: z.boolean() }))
    .min(1)
    .max(50),
});

export const madeGoldSchema = z.object({
  made: z.array(
    z.object({ output_id: z.string(), occasion: z.number(), seeded_field: z.string().nullable() }),
  ),
  refused: z.array(z.object({ output_id: z.string(), reason: z.enum(["not_known", "cannot_seed"]) })),
});
export type MadeGold = z.output<typeof madeGoldSchema>;

export const retireGoldSchema = z.strictObject({
  output_id: z.uuid(),
  occasion: z.int().min(1),
  /** Its truth turned out to be wrong: it counts for nobody. */
  mistaken: z.boolean().default(false),
});
