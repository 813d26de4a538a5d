import { Prisma } from "@/lib/db/generated/client";
import * as z from "zod";
import { type IncidentFacts, incidentFactsSchema } from "./facts-schema";
import { type InputFacts, inputFactsSchema } from "./input-schema";
import type { LabelWindow, WindowLabels } from "./label-window";
import { INCIDENT_KINDS, INCIDENT_STATES, type IncidentRow, STANDINGS } from "./schema";
import type { SegmentPart } from "./segment-part";

/** Later than every cohort. */
export const LAST_DAY = "9999-12-31";

/** Where an incident stands at that moment; `i` is the incident's row. */
export function standingSql(now: Date): Prisma.Sql {
  return Prisma.sql`
    CASE WHEN i.state = 'RESOLVED' THEN 'resolved' WHEN i.muted_until > ${now} THEN 'muted'
      WHEN i.state = 'ACKNOWLEDGED' THEN 'acknowledged' ELSE 'open' END`;
}

const iso = (column: Prisma.Sql) =>
  Prisma.sql`to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

export function incidentColumns(now: Date): Prisma.Sql {
  return Prisma.sql`
    i.id, i.kind, i.attribute, i.value, i.subject, lower(i.state::text) AS state, ${standingSql(now)} AS standing,
    ${iso(Prisma.sql`i.opened_at`)} AS "openedAt", ${iso(Prisma.sql`i.muted_until`)} AS "mutedUntil",
    ${iso(Prisma.sql`i.resolved_at`)} AS "resolvedAt", i.alarms, i.plan_id AS "planId", i.alarm_sequence AS "alarmSequence",
    i.change_sequence AS "changeSequence", i.resolved_sequence AS "resolvedSequence", i.change_day::text AS "changeDay",
    i.alarm_day::text AS "alarmDay", i.facts,
    (SELECT max(day)::text FROM cohort WHERE cohort.project_id = i.project_id AND sequence <= i.resolved_sequence) AS "resolvedDay"`;
}

export const storedIncidentRow = z.object({
  id: z.uuid(),
  kind: z.enum(INCIDENT_KINDS),
  attribute: z.string(),
  value: z.string(),
  subject: z.string(),
  state: z.enum(INCIDENT_STATES),
  standing: z.enum(STANDINGS),
  openedAt: z.string(),
  mutedUntil: z.string().nullable(),
  resolvedAt: z.string().nullable(),
  alarms: z.number(),
  planId: z.uuid().nullable(),
  alarmSequence: z.number().nullable(),
  changeSequence: z.number().nullable(),
  resolvedSequence: z.number().nullable(),
  changeDay: z.string().nullable(),
  alarmDay: z.string().nullable(),
  /** The newest day that was known when it was resolved. */
  resolvedDay: z.string().nullable(),
  facts: z.union([incidentFactsSchema, inputFactsSchema]),
});
export type StoredIncident = z.output<typeof storedIncidentRow>;

/** Of an incident that reviews show; null of one that shows in the inputs. */
export function accuracyFacts({ facts }: StoredIncident): IncidentFacts | null {
  return "boundary" in facts ? facts : null;
}

export function inputFacts({ facts }: StoredIncident): InputFacts | null {
  return "finding" in facts ? facts : null;
}

export function segmentOf({ attribute, value }: SegmentPart): SegmentPart {
  return { attribute, value };
}

/** The days of an incident: from the likely start to the resolution, or until now. */
export function incidentWindow(incident: StoredIncident, key: string): LabelWindow {
  return {
    key,
    ...segmentOf(incident),
    from: incident.changeDay ?? incident.alarmDay ?? LAST_DAY,
    to: incident.resolvedDay ?? LAST_DAY,
  };
}

export function incidentRow(incident: StoredIncident, since: WindowLabels | null): IncidentRow {
  const boundary = accuracyFacts(incident)?.boundary ?? null;
  return {
    id: incident.id,
    kind: incident.kind,
    segment: segmentOf(incident),
    state: incident.state,
    standing: incident.standing,
    opened_at: incident.openedAt,
    muted_until: incident.mutedUntil,
    resolved_at: incident.resolvedAt,
    alarms: incident.alarms,
    change_day: incident.changeDay,
    alarm_day: incident.alarmDay,
    boundary,
    input: inputFacts(incident),
    since: since?.estimate ?? null,
    extra_wrong:
      boundary !== null && since?.estimate
        ? Math.max(0, since.population * (boundary - since.estimate.mean))
        : null,
  };
}
