import * as z from "zod";

/*
 * Incidents as the API answers them and as pages take them, and how segments are written. Accuracies are shares in [0, 1], days are
 * calendar days ("2026-03-02") of the project's time zone. Browser-safe.
 */

export const INCIDENT_KINDS = ["accuracy_drop"] as const;
export type IncidentKind = (typeof INCIDENT_KINDS)[number];

export const INCIDENT_STATES = ["open", "acknowledged", "resolved"] as const;

export const EVENT_KINDS = [
  "opened",
  /** The threshold was reached again. */
  "alarmed",
  "acknowledged",
  "muted",
  "unmuted",
  "resolved",
  "reopened",
  "noted",
  /** Labels behind it were corrected. */
  "corrected",
] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

export const RESOLVE_REASONS = ["fixed", "not_a_problem", "other"] as const;

/** The longest time for which an incident can be kept quiet; one that needs longer is resolved or lived with. */
export const LONGEST_MUTE_DAYS = 90;

const count = z.number().int().min(0);
const instant = z.iso.datetime({ offset: true });
const note = z.string().trim().max(2000);

/** What a person may say along with an action. */
export const noteBodySchema = z.strictObject({ note: note.optional() });

export const addNoteSchema = z.strictObject({ note: note.min(1, "Write something.") });

export const muteSchema = noteBodySchema.extend({ until: instant });

export const resolveSchema = noteBodySchema
  .extend({ reason: z.enum(RESOLVE_REASONS) })
  .refine(({ reason, note: text }) => reason !== "other" || Boolean(text), {
    path: ["note"],
    message: "Say why it is resolved.",
  });

/** Where an incident stands after an action. */
export const incidentStandingSchema = z.strictObject({
  id: z.uuid(),
  state: z.enum(INCIDENT_STATES),
  /** Quiet until then; null or past: not quiet. */
  muted_until: instant.nullable(),
  resolved_at: instant.nullable(),
});
export type IncidentStanding = z.output<typeof incidentStandingSchema>;

/** What the detector knew when the incident opened; stored with it and never changed. */
export const incidentFactsSchema = z.strictObject({
  /** Accuracy that must not be undershot. */
  boundary: z.number().gt(0).lt(1),
  /** Natural logarithms of the evidence at which the detector alarms, and of the evidence that it had. */
  log_threshold: z.number(),
  log_evidence: z.number(),
  /** Reviewed outputs from the likely start to the alarm. */
  reviews: count,
  /** Observations that the detector had seen since it last started from zero (outputs of one cluster are one). */
  observations: count,
});
export type IncidentFacts = z.output<typeof incidentFactsSchema>;

export interface SegmentPart {
  attribute: string;
  value: string;
}

const names = z.array(z.string()).min(1);

/** The single attributes and values of a segment: none for all outputs, one, or several that must all hold. */
export function segmentParts({ attribute, value }: SegmentPart): SegmentPart[] {
  if (attribute === "") return [];
  const attributes = readNames(attribute);
  const values = attributes && readNames(value);
  if (!values || values.length !== attributes.length) return [{ attribute, value }];
  return attributes.map((name, index) => ({ attribute: name, value: values[index] ?? "" }));
}

/** The opposite: how such a segment is written; the order of the parts does not matter. */
export function joinSegment(parts: readonly SegmentPart[]): SegmentPart {
  const [only, second] = parts;
  if (!only) return { attribute: "", value: "" };
  if (!second && !only.attribute.startsWith("[")) return { attribute: only.attribute, value: only.value };
  const sorted = [...parts].sort((a, b) => (a.attribute < b.attribute ? -1 : 1));
  return {
    attribute: JSON.stringify(sorted.map((part) => part.attribute)),
    value: JSON.stringify(sorted.map((part) => part.value)),
  };
}

/** "All outputs", or "area Surf Coast, sleeps 5-6". */
export function segmentSentence(segment: SegmentPart): string {
  const parts = segmentParts(segment);
  if (parts.length === 0) return "All outputs";
  return parts.map(({ attribute, value }) => `${attribute} ${value === "" ? "(empty)" : value}`).join(", ");
}

function readNames(text: string): string[] | null {
  if (!text.startsWith("[")) return null;
  try {
    return names.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
