import type { Route } from "next";
import Link from "next/link";

import { IncidentBadge } from "@/components/incident/incident-badge";
import { incidentCost, incidentFinding, incidentPlace } from "@/lib/incident/incident-sentence";
import { WatchState } from "@/components/monitor/watch-state";
import { TextLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import type { IncidentRow } from "@/lib/incident/schema";
import type { MonitoringState } from "@/lib/monitor/schema";

/** What asks for attention, the costliest first; without anything one line that says whether somebody watches. */
export function OpenIncidents({
  slug,
  incidents,
  watching,
  now,
}: {
  slug: string;
  incidents: readonly IncidentRow[];
  watching: MonitoringState;
  now: Date;
}) {
  if (incidents.length === 0) {
    return (
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1 rounded-lg border border-line bg-surface px-4 py-3">
        <WatchState state={watching} now={now} calm="No open incidents." />
        <TextLink href={`/${slug}/incident`} className="text-sm">
          All incidents
        </TextLink>
      </div>
    );
  }
  return (
    <Card
      flush
      title="Open incidents"
      actions={
        <TextLink href={`/${slug}/incident`} className="text-sm">
          All incidents
        </TextLink>
      }
      footer={<WatchState state={watching} now={now} />}
    >
      <ul className="divide-y divide-line border-t border-line">
        {incidents.map((incident) => {
          const cost = incidentCost(incident);
          return (
            <li key={incident.id}>
              <Link
                href={`/${slug}/incident/${incident.id}` as Route}
                prefetch={false}
                className="flex flex-wrap items-baseline gap-x-3 gap-y-1 px-4 py-2.5 transition-colors hover:bg-hover/60 focus-visible:-outline-offset-2"
              >
                <span className="min-w-0 text-sm font-medium break-words text-ink">
                  {incidentPlace(incident)}
                </span>
                <IncidentBadge standing={incident.standing} />
                <span className="w-full text-sm text-muted text-pretty">
                  {incidentFinding(incident)}
                  {cost ? ` ${cost}.` : ""}
                </span>
              </Link>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
