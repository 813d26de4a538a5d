import type { Ctx } from "@/lib/core/ctx";
import { addDays } from "@/lib/estimate/period";
import { readReleases } from "@/lib/estimate/read-releases";
import * as z from "zod";
import type { StoredIncident } from "./incident-row";
import type { IncidentEvent, Recovery } from "./schema";

/** The moment from which on reviews tell whether accuracy has recovered. */
export interface RecoveryMarker {
  kind: Recovery["marker"];
  /** The last cohort before it. */
  sequence: number;
  day: string | null;
  /** Of the release that may be the fix. */
  release: string | null;
}

/**
 * The last thing that may have mended it: the resolution, else the newest release after the alarm, else the acknowledgement. Null
 * when nothing of that has happened, or when it was not monitored at the time.
 */
export async function findRecoveryMarker(
  ctx: Ctx,
  incident: StoredIncident,
  events: readonly IncidentEvent[],
): Promise<RecoveryMarker | null> {
  if (incident.resolvedSequence !== null) return afterSequence(ctx, "resolved", incident.resolvedSequence);
  const release = incident.alarmDay === null ? null : await newestRelease(ctx, incident.alarmDay);
  if (release) return release;
  const acknowledged = events.findLast(({ kind }) => kind === "acknowledged")?.details.sequence;
  return typeof acknowledged === "number" ? afterSequence(ctx, "acknowledged", acknowledged) : null;
}

async function afterSequence(
  ctx: Ctx,
  kind: "resolved" | "acknowledged",
  sequence: number,
): Promise<RecoveryMarker> {
  const cohort = await ctx.db.cohort.findUnique({
    where: { projectId_sequence: { projectId: ctx.project.id, sequence } },
    select: { day: true },
  });
  return { kind, sequence, day: cohort?.day.toISOString().slice(0, 10) ?? null, release: null };
}

const sequenceRow = z.object({ sequence: z.number().nullable() });

/** A release later than the alarm; the cohort of its own day is still mixed and counts as before it. */
async function newestRelease(ctx: Ctx, alarmDay: string): Promise<RecoveryMarker | null> {
  const releases = await readReleases(ctx, { from: addDays(alarmDay, 1), to: "9999-12-01" });
  const newest = releases.at(-1);
  if (!newest) return null;
  const rows = await ctx.db.$queryRaw`
    SELECT max(sequence) AS sequence FROM cohort WHERE project_id = ${ctx.project.id}::uuid AND day <= ${newest.day}::date`;
  const sequence = z.array(sequenceRow).parse(rows)[0]?.sequence;
  if (sequence === null || sequence === undefined) return null;
  const release = `${newest.model_name} ${newest.model_version}`;
  return { kind: "release", sequence, day: newest.day, release };
}
