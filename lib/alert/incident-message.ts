import { incidentCost, incidentFinding, incidentTitle } from "@/lib/incident/incident-sentence";
import type { IncidentRow } from "@/lib/incident/schema";
import type { AlertEvent, AlertMessage } from "./schema";
import { incidentSeverity } from "./severity";

const WHAT_HAPPENED: Record<AlertEvent, string> = {
  opened: "New incident",
  acknowledged: "Taken on",
  resolved: "Resolved",
  reopened: "Open again",
};

export interface MessagePlace {
  project: { slug: string; name: string };
  /** Address of the installation; "" when nobody has said it. */
  origin: string;
}

/**
 * What is said about an incident outside of the product: the sentences of its page. Numbers and segments only, never an input or
 * an output.
 */
export function incidentMessage(
  incident: IncidentRow,
  event: { kind: AlertEvent; by: string | null; note: string | null },
  { project, origin }: MessagePlace,
): AlertMessage {
  const { since, segment, kind, boundary } = incident;
  const cost = incidentCost(incident);
  const by = event.by ? ` by ${event.by}` : "";
  return {
    title: `${WHAT_HAPPENED[event.kind]}${event.kind === "opened" ? "" : by}: ${incidentTitle(incident)}`,
    lines: [
      incidentFinding(incident),
      ...(cost ? [`${cost}.`] : []),
      ...(event.note ? [`“${event.note}”`] : []),
    ],
    severity: incidentSeverity(incident),
    link: origin ? `${origin}/${project.slug}/incident/${incident.id}` : null,
    project: { slug: project.slug, name: project.name },
    incident: {
      id: incident.id,
      kind,
      segment,
      standing: incident.standing,
      opened_at: incident.opened_at,
      change_day: incident.change_day,
      boundary,
      accuracy: since ? { mean: since.mean, low: since.low, high: since.high, n: since.n } : null,
    },
    parts: [],
    chart: null,
    to: null,
    thread: null,
  };
}

/** Several messages as one: what fell into quiet hours, or the digest. */
export function bundleMessage(
  messages: readonly AlertMessage[],
  heldFor: "digest" | "quiet" | "mute" | null,
): AlertMessage | null {
  const [first] = messages;
  if (!first) return null;
  const { project } = first;
  const what = `${messages.length} pieces of news about ${project.name}`;
  const title = heldFor === "digest" ? `Digest: ${what}` : `While it was quiet: ${what}`;
  const severities = messages.map(({ severity }) => severity);
  return {
    title,
    lines: [],
    severity: severities.includes("critical")
      ? "critical"
      : severities.includes("warning")
        ? "warning"
        : "info",
    link: first.link ? first.link.replace(/\/incident\/.*$/, "/incident") : null,
    project,
    incident: null,
    parts: messages.map(({ title: said, lines, link }) => ({ title: said, lines, link })),
    chart: null,
    to: null,
    thread: null,
  };
}

/** A message that is not about an incident. */
export function plainMessage(
  title: string,
  lines: string[],
  { project, origin }: MessagePlace,
  path: string | null,
): AlertMessage {
  return {
    title,
    lines,
    severity: "info",
    link: origin && path !== null ? `${origin}/${project.slug}${path}` : null,
    project: { slug: project.slug, name: project.name },
    incident: null,
    parts: [],
    chart: null,
    to: null,
    thread: null,
  };
}
