import type { IncidentRow } from "@/lib/incident/schema";
import type { Severity } from "./schema";

/** So far below its boundary is more than something to look at next week. */
const CRITICAL_DROP = 0.1;

/**
 * How bad an incident is: critical when accuracy of all outputs is concerned, when it is ten points or more below its boundary, and
 * when the measurement itself is what stopped; else a warning.
 */
export function incidentSeverity(
  incident: Pick<IncidentRow, "kind" | "segment" | "boundary" | "since">,
): Severity {
  const { kind, segment, boundary, since } = incident;
  if (kind !== "accuracy_drop" || segment.attribute === "") return "critical";
  return since && boundary - since.mean >= CRITICAL_DROP ? "critical" : "warning";
}
