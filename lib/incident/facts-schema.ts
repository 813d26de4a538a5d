import * as z from "zod";

/** What the detector knew when the incident opened; stored with it and never changed. */
export const incidentFactsSchema = z.strictObject({
  /** Accuracy that must not be undershot. */
  boundary: z.number().gt(0).lt(1),
  /** Natural logarithms of the evidence at which the detector alarms, and of the evidence that it had. */
  log_threshold: z.number(),
  log_evidence: z.number(),
  /** Reviewed outputs from the likely start to the alarm. */
  reviews: z.number().int().min(0),
  /** Observations that the detector had been fed in all by then (outputs of one cluster are one). */
  observations: z.number().int().min(0),
});
export type IncidentFacts = z.output<typeof incidentFactsSchema>;
