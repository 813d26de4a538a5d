import { formatDay, formatInterval, formatPercent, formatRough } from "@/lib/core/format";
import type { IncidentKind, IncidentRow } from "./schema";
import { segmentSentence } from "./segment-part";

export const KIND_WORDS: Readonly<Record<IncidentKind, string>> = {
  accuracy_drop: "Accuracy drop",
  contract_broken: "Contract broken",
  no_data: "No data",
  volume_changed: "Volume",
  labels_late: "Late labels",
  segments_exploded: "Segments",
};

/** Fewer reviews make no percentage. */
const FEWEST_FOR_PERCENT = 5;

/** What it is about, in lists: a segment, or what was found in the inputs. */
export function incidentPlace({ input, segment }: Pick<IncidentRow, "input" | "segment">): string {
  return input ? input.title : segmentSentence(segment);
}

/** "area Surf Coast, sleeps 5-6: accuracy has dropped" */
export function incidentTitle(incident: Pick<IncidentRow, "input" | "segment" | "standing">): string {
  if (incident.input) return incident.input.title;
  const verb = incident.standing === "resolved" ? "accuracy dropped" : "accuracy has dropped";
  return `${segmentSentence(incident.segment)}: ${verb}`;
}

/** "Accuracy has been 61.2 % (52 to 70 %) since about 12 Mar 2026; it must not fall below 92.0 %." */
export function incidentFinding(incident: IncidentRow): string {
  const { since, change_day: start, boundary, standing, input } = incident;
  if (input) return input.finding;
  if (boundary === null) return "Accuracy fell below its boundary.";
  const boundaryText = `it must not fall below ${formatPercent(boundary)}`;
  if (!since) return `Accuracy fell below its boundary: ${boundaryText}.`;
  const was = standing === "resolved" ? "was" : "has been";
  const when = start ? ` ${standing === "resolved" ? "from" : "since"} about ${formatDay(start)}` : "";
  const said =
    since.n < FEWEST_FOR_PERCENT
      ? `Of ${since.n} reviewed outputs ${Math.round(since.n * (1 - since.mean))} were wrong${when}`
      : `Accuracy ${was} ${formatPercent(since.mean)} (${formatInterval(since)})${when}`;
  return `${said}; ${boundaryText}.`;
}

/** "About 310 more wrong outputs than at the boundary"; null when there are none worth a sentence. */
export function incidentCost(incident: Pick<IncidentRow, "extra_wrong">): string | null {
  const extra = Math.round(incident.extra_wrong ?? 0);
  if (extra < 1) return null;
  return `About ${formatRough(extra)} more wrong outputs than at the boundary`;
}

/** "once in 72,000 reviews": how seldom that much evidence comes up while accuracy is not below its boundary. */
export function oddsText(logEvidence: number): string {
  const reviews = Math.exp(Math.min(logEvidence, 50));
  if (reviews < 2) return "all the time";
  if (reviews >= 1e7) return "less than once in 10 million reviews";
  return `once in ${formatRough(reviews)} reviews`;
}
