import * as z from "zod";

/* The outputs behind an incident as the API answers them and as its page takes them. Browser-safe. */

const count = z.number().int().min(0);
const day = z.iso.date();
const share = z.number().min(0).max(1);
const cursor = z.string().max(600);

export const SHOWN_OUTPUTS = ["wrong", "right", "unsure", "all"] as const;

export const incidentOutputsQuerySchema = z.strictObject({
  show: z.enum(SHOWN_OUTPUTS).default("all"),
  limit: z.coerce.number().int().min(1).max(200).default(25),
  /** From an answer: what comes after it. For programs; pages of the product ask by number. */
  after: cursor.optional(),
  page: z.coerce.number().int().min(1).max(10_000).default(1),
});
type OutputsQueryOutput = z.output<typeof incidentOutputsQuerySchema>;
export type IncidentOutputsQuery = Partial<OutputsQueryOutput> & Pick<OutputsQueryOutput, "show" | "page">;

export const incidentOutputSchema = z.strictObject({
  id: z.uuid(),
  external_id: z.string(),
  occurred_at: z.iso.datetime({ offset: true }),
  /** Day of its cohort, and whether that was fed by the time of the alarm. */
  day,
  before_alarm: z.boolean(),
  model_version: z.string().nullable(),
  confidence: z.number().nullable(),
  /** Label in [0, 1]; null: nobody could judge it. */
  score: share.nullable(),
  /** It was changed after the detectors had seen it. */
  corrected: z.boolean(),
  /** How many outputs it stands for. */
  weight: z.number().positive(),
  /** Who decided; empty when the truth came by API. */
  reviewers: z.array(z.string()),
  /** The output's beginning as text; null without the permission to read payloads. */
  preview: z.string().nullable(),
});

/** The reviewed outputs behind an incident, from the likely start on: wrong ones first, then the newest. */
export const incidentOutputsSchema = z.strictObject({
  outputs: z.array(incidentOutputSchema),
  counts: z.record(z.enum(SHOWN_OUTPUTS), count),
  page: count,
  pages: count,
  next: cursor.nullable(),
});
export type IncidentOutputs = z.output<typeof incidentOutputsSchema>;
