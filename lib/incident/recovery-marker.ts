import type { Ctx } from "@/lib/core/ctx";
import { addDays } from "@/lib/estimate/period";
import { readReleases } from "@/lib/estimate/read-releases";
import * as z from "zod";
import { LAST_DAY, type StoredIncident } from "./incident-row";
import type { IncidentEvent, Recovery } from "./schema";

/** The moment from which on reviews tell whether accuracy has recovered. */
export interface RecoveryMarker {
  kind: Recovery["marker"];
  /** The last day that does not count yet: on the day of a release both versions were live. */
  day: string;
  /** Of the release that may be the fix. */
  release: string | null;
}

/**
 * The last thing that may have mended it: the resolution, else the newest release after the alarm, else the acknowledgement. Null
 * when nothing of that has happened, or when no day was known at the time.
 */
export async function findRecoveryMarker(
  ctx: Ctx,
  incident: StoredIncident,
  events: readonly IncidentEvent[],
): Promise<RecoveryMarker | null> {
  if (incident.resolvedDay !== null) return { kind: "resolved", day: incident.resolvedDay, release: null };
  const release = incident.alarmDay === null ? null : await newestRelease(ctx, incident.alarmDay);
  if (release) return release;
  const acknowledged = events.findLast(({ kind }) => kind === "acknowledged")?.details.sequence;
  const day = typeof acknowledged === "number" ? await newestDay(ctx, acknowledged) : null;
  return day === null ? null : { kind: "acknowledged", day, release: null };
}

const dayRow = z.object({ day: z.string().nullable() });

/** The newest day among the cohorts up to a sequence. */
async function newestDay(ctx: Ctx, sequence: number): Promise<string | null> {
  const rows = await ctx.db.$queryRaw`
    SELECT max(day)::text AS day FROM cohort WHERE project_id = ${ctx.project.id}::uuid AND sequence <= ${sequence}`;
  return z.array(dayRow).parse(rows)[0]?.day ?? null;
}

async function newestRelease(ctx: Ctx, alarmDay: string): Promise<RecoveryMarker | null> {
  const releases = await readReleases(ctx, { from: addDays(alarmDay, 1), to: addDays(LAST_DAY, -30) });
  const newest = releases.at(-1);
  if (!newest) return null;
  return { kind: "release", day: newest.day, release: `${newest.model_name} ${newest.model_version}` };
}
