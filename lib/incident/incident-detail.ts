import type { Ctx } from "@/lib/core/ctx";
import { Prisma } from "@/lib/db/generated/client";
import { addDays } from "@/lib/estimate/period";
import { readPilot } from "@/lib/estimate/pilot-estimate";
import { readReleases } from "@/lib/estimate/read-releases";
import { alwaysValidBand } from "@/lib/stats/always-valid-band";
import * as z from "zod";
import {
  accuracyFacts,
  incidentRow,
  incidentWindow,
  inputFacts,
  LAST_DAY,
  segmentOf,
  type StoredIncident,
} from "./incident-row";
import type { IncidentFacts } from "./facts-schema";
import { readTimeline } from "./incident-timeline";
import { type LabelWindow, readLabelWindows, type WindowLabels } from "./label-window";
import { beforeWindow, readIncidents } from "./queries";
import { readRecovery } from "./recovery";
import { findRecoveryMarker, type RecoveryMarker } from "./recovery-marker";
import {
  type AccuracyIncident,
  type EvidencePoint,
  evidencePointSchema,
  type IncidentDetail,
  type IncidentEvent,
  type Recovery,
} from "./schema";

const NEARBY_DAYS = 14;
/** Cohorts of the evidence path before the likely start, and at most in all. */
const LEAD_COHORTS = 30;
const MOST_POINTS = 400;
/** Later than every cohort. */
const MOST_SEQUENCE = 2_147_483_647;

/** One incident with what the labels, the detector and people say about it; null when the project has none with this id. */
export async function readIncident(ctx: Ctx, id: string): Promise<IncidentDetail | null> {
  const [incident] = await readIncidents(ctx, Prisma.sql`AND i.id = ${id}::uuid`, { limit: 1, offset: 0 });
  if (!incident) return null;
  const events = await readTimeline(ctx, id);
  const input = inputFacts(incident);
  if (input) {
    return { ...incidentRow(incident, null), boundary: null, input, subject: incident.subject, events };
  }
  const facts = accuracyFacts(incident);
  if (!facts) throw new Error("An incident without facts.");
  return readAccuracyIncident(ctx, incident, { facts, events });
}

async function readAccuracyIncident(
  ctx: Ctx,
  incident: StoredIncident,
  { facts, events }: { facts: IncidentFacts; events: IncidentEvent[] },
): Promise<AccuracyIncident> {
  const marker = await findRecoveryMarker(ctx, incident, events);
  const [labels, evidence, days, releases, pilot, version] = await Promise.all([
    readLabelWindows(ctx.db, ctx.project.id, windowsOf(incident, marker)),
    readEvidence(ctx, incident),
    readDays(ctx, windowsOf(incident, marker)),
    incident.changeDay === null
      ? []
      : readReleases(ctx, {
          from: addDays(incident.changeDay, -NEARBY_DAYS),
          to: addDays(incident.changeDay, NEARBY_DAYS),
        }),
    readPilot(ctx.db, ctx.project.id, [segmentOf(incident)]),
    readVersion(ctx, incident),
  ]);
  const since = labels("since");
  const overall = labels(incident.attribute === "" ? "since" : "overall").population;
  const band = alwaysValidBand(since.classes);
  const period = stretch(since, days.get("since"));
  const before = stretch(labels("before"), days.get("before"));
  return {
    ...incidentRow(incident, since),
    boundary: facts.boundary,
    input: null,
    facts,
    monitor_version: version,
    pilot: pilot.of(segmentOf(incident)),
    before,
    period: period && band ? { ...period, band: { low: band.low, high: band.high } } : null,
    traffic_share: overall > 0 ? Math.min(1, since.population / overall) : null,
    evidence,
    releases,
    recovery: marker
      ? recoveryOf(marker, labels("during"), labels("after"), {
          boundary: facts.boundary,
          healthy: labels("before").estimate?.mean ?? pilot.of(segmentOf(incident))?.mean ?? null,
        })
      : null,
    events,
  };
}

function windowsOf(incident: StoredIncident, marker: RecoveryMarker | null): LabelWindow[] {
  const since = incidentWindow(incident, "since");
  const windows = [
    since,
    ...(since.attribute === "" ? [] : [{ ...since, key: "overall", attribute: "", value: "" }]),
    ...beforeWindow(incident, "before"),
  ];
  if (!marker) return windows;
  return [
    ...windows,
    { ...since, key: "during", to: marker.day },
    { ...since, key: "after", from: addDays(marker.day, 1), to: LAST_DAY },
  ];
}

function stretch(labels: WindowLabels, days: Days | undefined) {
  const { estimate, labelled, unsure } = labels;
  return estimate && days ? { estimate, from: days.first, to: days.last, reviews: labelled, unsure } : null;
}

function recoveryOf(
  marker: RecoveryMarker,
  during: WindowLabels,
  after: WindowLabels,
  { boundary, healthy }: { boundary: number; healthy: number | null },
): Recovery | null {
  if (!during.estimate) return null;
  const reading = readRecovery(after.classes, {
    accuracy: during.estimate.mean,
    boundary,
    healthy: Math.max(boundary, healthy ?? boundary),
  });
  if (!reading) return null;
  const right = after.classes.reduce((sum, { count, error }) => sum + count * (1 - error), 0);
  return {
    marker: marker.kind,
    day: marker.day,
    release: marker.release,
    reviews: after.labelled,
    right,
    estimate: after.estimate,
    recovered: reading.recovered,
    more_reviews: reading.moreReviews,
  };
}

/** The detector's path around the incident; the newest cohorts when there are very many. */
async function readEvidence(ctx: Ctx, incident: StoredIncident): Promise<EvidencePoint[]> {
  const { planId, changeSequence, alarmSequence } = incident;
  if (planId === null) return [];
  const from = (changeSequence ?? alarmSequence ?? 1) - LEAD_COHORTS;
  const rows = await ctx.db.$queryRaw`
    SELECT checkpoint.sequence, cohort.day::text AS day, checkpoint.peak AS log_peak, checkpoint.alarms > 0 AS alarm,
      checkpoint.sequence >= ${changeSequence ?? alarmSequence ?? 0} AS since_change
    FROM detector_checkpoint checkpoint
      JOIN cohort ON cohort.project_id = checkpoint.project_id AND cohort.sequence = checkpoint.sequence
    WHERE checkpoint.project_id = ${ctx.project.id}::uuid AND checkpoint.plan_id = ${planId}::uuid
      AND checkpoint.attribute = ${incident.attribute} AND checkpoint.value = ${incident.value}
      AND checkpoint.sequence BETWEEN ${from} AND ${incident.resolvedSequence ?? MOST_SEQUENCE}
    ORDER BY checkpoint.sequence DESC LIMIT ${MOST_POINTS}`;
  return z.array(evidencePointSchema).parse(rows).reverse();
}

const daysRow = z.object({ key: z.string(), first: z.string(), last: z.string() });
type Days = Omit<z.output<typeof daysRow>, "key">;

/** First and last day of the cohorts of each window. */
async function readDays(ctx: Ctx, windows: readonly LabelWindow[]): Promise<Map<string, Days>> {
  const asked = windows.map(({ key, from, to }) => ({ key, first: from, last: to }));
  const rows = await ctx.db.$queryRaw`
    SELECT asked.key, min(cohort.day)::text AS first, max(cohort.day)::text AS last
    FROM jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) AS asked(key text, first date, last date)
      JOIN cohort ON cohort.project_id = ${ctx.project.id}::uuid AND cohort.day BETWEEN asked.first AND asked.last
    GROUP BY 1`;
  return new Map(
    z
      .array(daysRow)
      .parse(rows)
      .map(({ key, ...days }) => [key, days]),
  );
}

async function readVersion(ctx: Ctx, { planId }: StoredIncident): Promise<number | null> {
  if (planId === null) return null;
  const plan = await ctx.db.monitorPlan.findUnique({
    where: { projectId_id: { projectId: ctx.project.id, id: planId } },
    select: { version: true },
  });
  return plan?.version ?? null;
}
