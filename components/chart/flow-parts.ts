import type { DayFlow } from "@/lib/drift/flow-schema";

/** What can become of a record, in the order in which the parts are stacked. */
export const FLOW_PARTS: readonly { part: Exclude<keyof DayFlow, "day">; label: string; color: string }[] = [
  { part: "accepted", label: "Accepted", color: "var(--chart-line)" },
  { part: "flagged", label: "Flagged", color: "var(--chart-marker)" },
  { part: "duplicates", label: "Repeated", color: "var(--chart-bar)" },
  { part: "conflicts", label: "Conflicting", color: "var(--chart-bar-strong)" },
  { part: "quarantined", label: "Quarantined", color: "var(--warn)" },
  { part: "refused", label: "Refused", color: "var(--alarm)" },
];
