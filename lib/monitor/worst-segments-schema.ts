import * as z from "zod";

/* What the search for worst segments is asked and answers. Accuracies are shares in [0, 1]. Browser-safe. */

const share = z.number().min(0).max(1);
const count = z.number().int().min(0);
const segment = z.strictObject({ attribute: z.string(), value: z.string() });
const day = z.iso.date();

export const worstSegmentsQuerySchema = z
  .strictObject({
    /** Days of the project's time zone, both belong to it; the last 30 days by default. */
    from: day.optional(),
    to: day.optional(),
    /** Only inside this segment; as in an incident, a pair has JSON arrays. */
    attribute: z.string().min(1).max(450).optional(),
    value: z.string().max(2100).optional(),
  })
  .refine((query) => (query.attribute === undefined) === (query.value === undefined), {
    path: ["value"],
    message: "Give attribute and value, or neither.",
  })
  .refine(({ from, to }) => (from === undefined) === (to === undefined) && (from ?? "") <= (to ?? ""), {
    path: ["to"],
    message: "Give both days, the earlier one as from.",
  });

export const worstSegmentSchema = z.strictObject({
  /** A pair has JSON arrays of names and values. */
  segment,
  /** Judged outputs, or clusters of them. */
  reviews: count,
  accuracy: share,
  /** A band that holds however often one looks, at the level at which the list was found. */
  low: share,
  high: share,
  /** Accuracy that it must not undershoot: its own boundary as its monitor has it, else that of all outputs. */
  boundary: share,
  /** Of a single value, when the pilot has at least 30 labels of it. */
  pilot: share.nullable(),
  traffic_share: share,
  /** Points / 100 that it takes from the accuracy of all outputs: traffic share x (boundary - accuracy). */
  impact: z.number().min(-1).max(1),
  /** Natural logarithm of the evidence that it is below the boundary. */
  log_evidence: z.number(),
  /** Of findings as sure as this one at most so large a share is false. */
  false_share: share,
});

export const worstSegmentsSchema = z.strictObject({
  /** The window; both days belong to it. */
  from: day,
  to: day,
  within: segment.nullable(),
  /** Accuracy that all outputs (or `within`) must not undershoot; null: nothing was promised and the pilot has too few labels. */
  boundary: share.nullable(),
  /** All outputs of the window (and of `within`); accuracy is null while nothing of it was judged. */
  reviews: count,
  accuracy: share.nullable(),
  /** The same in the pilot; null with fewer than 30 labels. */
  pilot: share.nullable(),
  /** Whose values and pairs were searched, and those with too many values for that. */
  attributes: z.array(z.string()),
  attributes_left_out: z.array(z.string()),
  /** Segments with enough reviews to judge, and how many of them are below the boundary. */
  searched: count,
  found: count,
  /** The most surely worse than in the pilot first; pairs that one of their values explains are left out. */
  findings: z.array(worstSegmentSchema).max(20),
  /** Found, but beyond the 20 that are listed. */
  further: count,
  /** Values with fewer than 20 reviews, the busiest first. */
  thin: z.array(z.strictObject({ segment, reviews: count, traffic_share: share })).max(20),
  /** All such values of an attribute, and their part of the traffic. */
  thin_by_attribute: z.array(z.strictObject({ attribute: z.string(), values: count, traffic_share: share })),
  /** Pairs of values with fewer than 20 reviews. */
  thin_pairs: count,
});

export type WorstSegmentsQuery = z.output<typeof worstSegmentsQuerySchema>;
export type WorstSegment = z.output<typeof worstSegmentSchema>;
export type WorstSegments = z.output<typeof worstSegmentsSchema>;
