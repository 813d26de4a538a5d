import type { Route } from "next";
import Link from "next/link";

import { Cell, HeaderCell, Table, TableBody, TableHead, TableRow } from "@/components/ui/table";
import {
  formatCount,
  formatDay,
  formatInstant,
  formatInterval,
  formatPercent,
  formatRough,
} from "@/lib/core/format";
import type { IncidentRow } from "@/lib/incident/schema";

import { IncidentBadge } from "./incident-badge";
import { incidentPlace, KIND_WORDS } from "@/lib/incident/incident-sentence";

/** Incidents as rows, each a link to its page. */
export function IncidentTable({
  incidents,
  timeZone,
  hrefOf,
}: {
  incidents: readonly IncidentRow[];
  timeZone: string;
  hrefOf: (incident: IncidentRow) => string;
}) {
  return (
    <Table label="Incidents">
      <TableHead>
        <tr>
          <HeaderCell>Where</HeaderCell>
          <HeaderCell className="hidden sm:table-cell">State</HeaderCell>
          <HeaderCell numeric>Accuracy since</HeaderCell>
          <HeaderCell numeric className="hidden sm:table-cell">
            Boundary
          </HeaderCell>
          <HeaderCell className="hidden md:table-cell">Likely start</HeaderCell>
          <HeaderCell numeric className="hidden lg:table-cell">
            More wrong outputs
          </HeaderCell>
          <HeaderCell numeric className="hidden lg:table-cell">
            Reviews
          </HeaderCell>
          <HeaderCell className="hidden xl:table-cell">Found</HeaderCell>
        </tr>
      </TableHead>
      <TableBody>
        {incidents.map((incident) => (
          <TableRow key={incident.id} className="relative h-13">
            <Cell>
              <Place incident={incident} href={hrefOf(incident)} timeZone={timeZone} />
            </Cell>
            <Cell className="hidden sm:table-cell">
              <IncidentBadge standing={incident.standing} />
            </Cell>
            <Cell numeric>
              <Since incident={incident} />
            </Cell>
            <Cell numeric className="hidden text-muted sm:table-cell">
              {incident.boundary === null ? "–" : formatPercent(incident.boundary)}
            </Cell>
            <Cell className="hidden whitespace-nowrap text-muted tabular md:table-cell">
              {startText(incident, timeZone)}
            </Cell>
            <Cell numeric className="hidden text-muted lg:table-cell">
              {incident.extra_wrong === null ? "–" : `about ${formatRough(incident.extra_wrong)}`}
            </Cell>
            <Cell numeric className="hidden text-muted lg:table-cell">
              {incident.input ? "–" : formatCount(incident.since?.n ?? 0)}
            </Cell>
            <Cell className="hidden whitespace-nowrap text-muted tabular xl:table-cell">
              {formatInstant(incident.opened_at, timeZone)}
            </Cell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

/** The link covers the whole row, so that a press anywhere opens the incident. */
function Place({ incident, href, timeZone }: { incident: IncidentRow; href: string; timeZone: string }) {
  const { alarms } = incident;
  const start = startText(incident, timeZone);
  return (
    <div className="max-w-48 min-w-0 sm:max-w-80">
      <Link
        href={href as Route}
        prefetch={false}
        className="block truncate font-medium text-ink after:absolute after:inset-0 hover:text-accent-ink"
      >
        {incidentPlace(incident)}
      </Link>
      <span className="block truncate text-xs text-subtle tabular">
        {KIND_WORDS[incident.kind]}
        {alarms > 1 ? `, seen ${alarms} times` : ""}
        {start === "–" ? null : <span className="md:hidden">, {start}</span>}
      </span>
      <span className="mt-1 block sm:hidden">
        <IncidentBadge standing={incident.standing} />
      </span>
    </div>
  );
}

function startText({ change_day: day, input }: IncidentRow, timeZone: string): string {
  if (input) return `about ${formatInstant(input.since, timeZone)}`;
  return day ? `about ${formatDay(day)}` : "–";
}

function Since({ incident: { since } }: { incident: IncidentRow }) {
  if (!since) return <span className="text-subtle">–</span>;
  if (since.n < 5) return <span className="text-subtle">too few</span>;
  return (
    <>
      <span className="block font-medium">{formatPercent(since.mean)}</span>
      <span className="block text-xs whitespace-nowrap text-subtle">{formatInterval(since)}</span>
    </>
  );
}
