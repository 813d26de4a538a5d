import * as z from "zod";

/* What is found in a project's inputs as a whole. Browser-safe. */

export const INPUT_FINDING_CODES = [
  "W_VOLUME_LOW",
  "W_VOLUME_HIGH",
  "W_LABEL_DELAY",
  "W_SEGMENT_VALUES",
] as const;
export type InputFindingCode = (typeof INPUT_FINDING_CODES)[number];

const count = z.number().min(0);

/** The numbers behind a finding, by what kind it is of. */
export const inputFindingFactsSchema = z.discriminatedUnion("kind", [
  /** So many came in the newest whole hour or day, and so many in the pilot at the same time of the week. */
  z.strictObject({ kind: z.literal("volume"), per: z.enum(["hour", "day"]), count, usual: count }),
  /** Of outputs of that age, so many had a label; and the share of the pilot's. */
  z.strictObject({
    kind: z.literal("labels"),
    of: z.enum(["truth", "review"]),
    days: count,
    outputs: count,
    in_time: count,
    pilot_share: z.number().min(0).max(1),
  }),
  /** Different values of an attribute within two days that are counted by themselves, and some of them. */
  z.strictObject({
    kind: z.literal("segments"),
    values: count,
    examples: z.array(z.string().max(100)).max(5),
  }),
]);
export type InputFindingFacts = z.output<typeof inputFindingFactsSchema>;
