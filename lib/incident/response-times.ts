import * as z from "zod";
import type { Ctx } from "@/lib/core/ctx";

const DAYS_BACK = 90;

const row = z.object({
  /** Seconds from opening to the first thing that a person did about it, and to its end; null: not yet. */
  taken: z.number().nullable(),
  resolved: z.number().nullable(),
  /** Ended before anybody had touched it. */
  alone: z.boolean(),
});

export interface ResponseTimes {
  days: number;
  /** Incidents that waited for a person: those that ended by themselves before are counted apart. */
  incidents: number;
  endedAlone: number;
  taken: Waits;
  resolved: Waits;
}

export interface Waits {
  /** How many were done within each of the limits, how many later, and how many not yet. */
  within: readonly number[];
  later: number;
  notYet: number;
  /** Seconds within which half, and nine in ten, were done; null while so many are not done. */
  half: number | null;
  mostly: number | null;
}

/** Limits of the counts, in seconds: an hour, eight hours, a day, a week. */
export const WAIT_LIMITS = [3_600, 28_800, 86_400, 604_800] as const;

/** How long incidents of the last 90 days waited until somebody took them up, and until they were over. */
export async function readResponseTimes({
  db,
  project,
  now,
}: Pick<Ctx, "db" | "project" | "now">): Promise<ResponseTimes> {
  const since = new Date(now.getTime() - DAYS_BACK * 86_400_000);
  const rows = await db.$queryRaw`
    SELECT extract(epoch FROM touched.at - i.opened_at)::float8 AS taken,
      CASE WHEN i.state = 'RESOLVED' THEN extract(epoch FROM i.resolved_at - i.opened_at)::float8 END AS resolved,
      i.state = 'RESOLVED' AND touched.at IS NULL AS alone
    FROM incident i LEFT JOIN LATERAL (
      SELECT min(event.at) AS at FROM incident_event event
      WHERE event.project_id = i.project_id AND event.incident_id = i.id AND event.user_id IS NOT NULL
        AND event.kind IN ('acknowledged', 'muted', 'resolved', 'noted')) touched ON true
    WHERE i.project_id = ${project.id}::uuid AND i.opened_at >= ${since}`;
  const found = z.array(row).parse(rows);
  const waited = found.filter(({ alone }) => !alone);
  return {
    days: DAYS_BACK,
    incidents: waited.length,
    endedAlone: found.length - waited.length,
    taken: waitsOf(waited.map(({ taken }) => taken)),
    resolved: waitsOf(waited.map(({ resolved }) => resolved)),
  };
}

/** Pure: what is not done yet counts as longer than everything that is, so that old open ones cannot make a team look fast. */
export function waitsOf(seconds: readonly (number | null)[]): Waits {
  const done = seconds.filter((each) => each !== null).sort((a, b) => a - b);
  const upTo = (limit: number) => done.filter((each) => each <= limit).length;
  const counts = WAIT_LIMITS.map(upTo);
  const reached = (share: number) => done[Math.ceil(seconds.length * share) - 1] ?? null;
  return {
    within: counts.map((count, at) => count - (counts[at - 1] ?? 0)),
    later: done.length - (counts.at(-1) ?? 0),
    notYet: seconds.length - done.length,
    half: reached(0.5),
    mostly: reached(0.9),
  };
}
