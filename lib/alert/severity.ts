import type { IncidentRow } from "@/lib/incident/schema";
import type { Severity } from "./schema";

/** So far below its boundary is more than something to look at next week. */
const CRITICAL_DROP = 0.1;

/**
 * How bad an incident is: critical when accuracy of all outputs is concerned, when it is ten points or more below its boundary, and
 * when something is wrong with the inputs themselves; else a warning.
 */
export function incidentSeverity(
  incident: Pick<IncidentRow, "segment" | "boundary" | "since" | "input">,
): Severity {
  const { segment, boundary, since, input } = incident;
  if (input) return input.severity === "high" ? "critical" : "warning";
  if (segment.attribute === "") return "critical";
  return since && boundary !== null && boundary - since.mean >= CRITICAL_DROP ? "critical" : "warning";
}
