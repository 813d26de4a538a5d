import { IncidentBadge } from "@/components/incident/incident-badge";
import { incidentTitle } from "@/lib/incident/incident-sentence";
import { recoverySentence } from "@/components/incident/recovery-sentence";
import { TextLink } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { formatDay, formatInstant } from "@/lib/core/format";
import type { IncidentDetail } from "@/lib/incident/schema";

import { IncidentActions } from "./incident-actions";

/** What it is and where it stands, with what a manager can do. */
export function IncidentHeader({
  project,
  detail,
  canManage,
}: {
  project: { slug: string; timeZone: string };
  detail: IncidentDetail;
  canManage: boolean;
}) {
  const { slug, timeZone } = project;
  const recovery = detail.input === null ? detail.recovery : null;
  const boundary = detail.boundary ?? 0;
  const found = detail.alarm_day
    ? `Found with the reviews of ${formatDay(detail.alarm_day)}`
    : `Found on ${formatInstant(detail.opened_at, timeZone)}`;
  return (
    <PageHeader
      back={<TextLink href={`/${slug}/incident`}>Incidents</TextLink>}
      title={incidentTitle(detail)}
      description={
        <span className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <IncidentBadge standing={detail.standing} />
          <span>
            {found}
            {detail.alarms > 1 ? `, seen ${detail.alarms} times` : ""}
            {detail.standing === "muted" && detail.muted_until
              ? `. Muted until ${formatInstant(detail.muted_until, timeZone)}`
              : ""}
            {detail.resolved_at ? `. Resolved on ${formatInstant(detail.resolved_at, timeZone)}` : ""}
          </span>
        </span>
      }
      actions={
        canManage ? (
          <IncidentActions
            slug={slug}
            timeZone={timeZone}
            incident={{ id: detail.id, standing: detail.standing, state: detail.state }}
            recovery={recovery ? recoverySentence(recovery, boundary).text : null}
          />
        ) : null
      }
    />
  );
}
