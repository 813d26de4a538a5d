import { formatPercent } from "@/lib/core/format";
import type { IncidentMark } from "@/lib/incident/schema";

/** An incident of the shown segment, with the address of its page. */
export interface ChartIncident {
  mark: IncidentMark;
  href: string;
}

/** "Incident: accuracy dropped about here, from 93.5 % to 71.8 %" */
export function incidentNote({ before, since }: IncidentMark): string {
  const fell =
    before === null || since === null ? "" : `, from ${formatPercent(before)} to ${formatPercent(since)}`;
  return `Incident: accuracy dropped about here${fell}`;
}

/** Those that likely began in a period. */
export function incidentsWithin(
  incidents: readonly ChartIncident[],
  period: { start: string; end: string },
): ChartIncident[] {
  return incidents.filter(({ mark }) => mark.day >= period.start && mark.day <= period.end);
}
