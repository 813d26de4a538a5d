import * as z from "zod";

/* Incidents about the inputs themselves. Browser-safe. */

export const INPUT_INCIDENT_KINDS = [
  "contract_broken",
  "no_data",
  "volume_changed",
  "labels_late",
  "segments_exploded",
] as const;
export type InputIncidentKind = (typeof INPUT_INCIDENT_KINDS)[number];

/** Why an incident about the inputs ended by itself. */
const END_REASONS = ["over", "published", "came_back", "unwatched"] as const;
export type EndReason = (typeof END_REASONS)[number];

/** What was found in the inputs when an incident opened, as lists, pages and messages show it; stored with it and never changed. */
export const inputFactsSchema = z.strictObject({
  /** The reason's code, as everywhere else; incidents of earlier releases have none. */
  code: z.string().max(64).optional(),
  title: z.string().min(1).max(200),
  /** A sentence or two with the numbers; never what single records hold. */
  finding: z.string().min(1).max(1000),
  /** The likely start. */
  since: z.iso.datetime({ offset: true }),
  /** low: worth knowing; it never stands before the others. */
  severity: z.enum(["high", "low"]),
  numbers: z.array(z.strictObject({ label: z.string().max(500), text: z.string().max(500) })).max(32),
});
export type InputFacts = z.output<typeof inputFactsSchema>;
