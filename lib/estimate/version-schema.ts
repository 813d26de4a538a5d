import * as z from "zod";
import { estimateSchema, gapSchema, mixRateSplitSchema } from "./schema";

/* Two model versions side by side, as the read API answers it and as the page takes it. Browser-safe. */

const share = z.number().min(0).max(1);
const count = z.number().int().min(0);
const day = z.iso.date();
const version = z.string().min(1).max(200);

export const comparedVersionSchema = z.strictObject({
  version,
  /** First and last day with a judged output within the window; null without any. */
  first: day.nullable(),
  last: day.nullable(),
  /** Outputs that the judged ones stand for: an estimate. */
  traffic: z.number().min(0),
  estimate: estimateSchema.nullable(),
});

const onSameTrafficSchema = z.strictObject({
  /** The traffic is the middle between that of both versions, by the values of this attribute. */
  attribute: z.string(),
  earlier: estimateSchema,
  later: estimateSchema,
  difference: gapSchema,
  /** Traffic of each version whose value the other one has not, or of which too few were judged: left out. */
  left_out_earlier: share,
  left_out_later: share,
});

const versionSegmentSchema = z.strictObject({
  value: z.string(),
  share_earlier: share,
  share_later: share,
  earlier: estimateSchema.nullable(),
  later: estimateSchema.nullable(),
  /** Null unless both were judged. */
  difference: gapSchema.nullable(),
});

const pairedSchema = z.strictObject({
  /** Inputs that both versions answered and that were judged for both. */
  pairs: count,
  both_right: count,
  only_earlier_right: count,
  only_later_right: count,
  both_wrong: count,
  /** Accuracy of each on these inputs, each pair by what it stands for in the traffic. */
  earlier: share,
  later: share,
  /** Later minus earlier on the same inputs; null under 20 pairs. */
  difference: gapSchema.nullable(),
});

export const versionComparisonSchema = z.strictObject({
  from: day,
  to: day,
  earlier: comparedVersionSchema,
  later: comparedVersionSchema,
  /** Later minus earlier, each on the traffic that it had; null when one of them was not judged. */
  difference: gapSchema.nullable(),
  /** By each attribute: points / 100 that come from different traffic and from different answers. */
  attributes: z.array(z.strictObject({ attribute: z.string(), traffic: z.number(), model: z.number() })),
  /** By the attribute asked for, else by the one for which different traffic did most. */
  split: mixRateSplitSchema.nullable(),
  matched: onSameTrafficSchema.nullable(),
  /** Values of that attribute, the busiest first. */
  segments: z.array(versionSegmentSchema).max(200),
  /** Null when they share no judged input. */
  paired: pairedSchema.nullable(),
});

export const compareVersionsQuerySchema = z
  .strictObject({
    /** The newest version and the one that went live before it, unless said otherwise. */
    earlier: version.optional(),
    later: version.optional(),
    attribute: z.string().min(1).max(200).optional(),
    /** Days of the project's time zone, both belong to the window; all by default. */
    from: day.optional(),
    to: day.optional(),
  })
  .refine(({ earlier, later }) => earlier === undefined || earlier !== later, {
    path: ["later"],
    message: "Name two different versions.",
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from <= to, {
    path: ["to"],
    message: "The last day lies before the first.",
  });

export const versionReplySchema = z.strictObject({
  /** By when they last went live, the newest first. */
  versions: z.array(z.strictObject({ name: z.string(), version: z.string(), day })).max(100),
  /** Null while fewer than two versions are known. */
  comparison: versionComparisonSchema.nullable(),
});

export type CompareVersionsQuery = z.output<typeof compareVersionsQuerySchema>;
export type VersionReply = z.output<typeof versionReplySchema>;
export interface ComparedWhat {
  earlier: string;
  later: string;
  attribute?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}
export type ComparedVersion = z.output<typeof comparedVersionSchema>;
export type VersionComparison = z.output<typeof versionComparisonSchema>;
export type VersionSegment = z.output<typeof versionSegmentSchema>;
export type PairedVersions = z.output<typeof pairedSchema>;
