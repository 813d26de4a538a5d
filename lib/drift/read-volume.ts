import * as z from "zod";
import type { Ctx } from "@/lib/core/ctx";
import type { LookedFinding } from "./keep-findings";
import { fitVolume, lastRun, type VolumeCount, type VolumeRun } from "./volume";
import { DAY_TAIL, HOUR_TAIL } from "./volume-tails";

type Reader = Pick<Ctx, "db" | "project" | "now">;

/** A shorter pilot has each time of the week once: nobody knows how much it varies. */
export const LEAST_PILOT_DAYS = 14;
const DAYS_BACK = 14;
const HOURS_BACK = 48;
/** An output that comes late is counted in an epoch that began after its day. */
const EPOCH_DAYS = DAYS_BACK + 7;

const countRow = z.object({ slot: z.string(), at: z.date(), count: z.number() });
type CountRow = z.output<typeof countRow>;

/** How much comes in, against the pilot at the same time of the week: by whole days, and by whole hours where systems send live. */
export async function readVolume(ctx: Reader): Promise<LookedFinding[]> {
  const days = await readDays(ctx);
  const found = findingOf(days, "day");
  // Half a day without records shows in the hours first, and is one finding all the same.
  return found.length > 0 ? found : findingOf(await readHours(ctx), "hour");
}

function findingOf(
  { pilot, now }: { pilot: VolumeCount[]; now: readonly CountRow[] },
  per: "day" | "hour",
): LookedFinding[] {
  const least = per === "day" ? LEAST_PILOT_DAYS : LEAST_PILOT_DAYS * 24;
  const baseline = pilot.length < least ? null : fitVolume(pilot);
  if (!baseline) return [];
  const run = lastRun(baseline, now, per === "day" ? DAY_TAIL : HOUR_TAIL);
  const since = run && now[run.from]?.at;
  if (!run || !since) return [];
  const code = volumeCode(run);
  const facts = { kind: "volume" as const, per, count: run.count, usual: Math.round(run.usual) };
  return [{ code, subject: "", state: "clear", since, facts }];
}

export function volumeCode({ direction }: Pick<VolumeRun, "direction">) {
  return direction === "low" ? ("W_VOLUME_LOW" as const) : ("W_VOLUME_HIGH" as const);
}

/** Whole days by when outputs happened; the first and the last day of the pilot are none, nor is the one that is not over. */
async function readDays({ db, project, now }: Reader) {
  const rows = await db.$queryRaw`
    WITH opened AS (
      SELECT epoch.id, stratum.id AS stratum_id, stratum.phase = 'PILOT' AS pilot FROM stratum
      JOIN stratum_epoch part ON part.project_id = stratum.project_id AND part.stratum_id = stratum.id
      JOIN epoch ON epoch.project_id = part.project_id AND epoch.id = part.epoch_id
      WHERE stratum.project_id = ${project.id}::uuid AND (stratum.phase = 'PILOT' OR epoch.starts_at >= (
        SELECT max(starts_at) - make_interval(days => ${EPOCH_DAYS}::int) FROM epoch newest
        WHERE newest.project_id = ${project.id}::uuid AND newest.starts_at <= ${now}))),
    counted AS (
      SELECT pilot, day, sum(outputs) AS outputs FROM opened JOIN population_count counts
        ON counts.project_id = ${project.id}::uuid AND counts.epoch_id = opened.id AND counts.stratum_id = opened.stratum_id
      WHERE counts.attribute = '' GROUP BY 1, 2),
    extent AS (
      SELECT pilot, min(day) + 1 AS first,
        LEAST(max(day), (${now}::timestamptz AT TIME ZONE ${project.timeZone})::date) - 1 AS last
      FROM counted GROUP BY pilot)
    SELECT extent.pilot, extract(isodow FROM listed)::text AS slot, listed AT TIME ZONE ${project.timeZone} AS at,
      coalesce(outputs, 0)::float8 AS count
    FROM extent
    CROSS JOIN LATERAL generate_series(CASE WHEN pilot THEN first ELSE GREATEST(first, last - ${DAYS_BACK}::int) END::timestamp,
      last::timestamp, interval '1 day') listed
    LEFT JOIN counted ON counted.pilot = extent.pilot AND counted.day = listed::date
    ORDER BY listed`;
  return byPhase(rows);
}

/**
 * Whole hours: of the pilot by when outputs happened, now by when they came. Nothing where nobody sends live: a recorded stream comes as
 * fast as it is read.
 */
async function readHours({ db, project, now }: Reader) {
  const zone = project.timeZone;
  const rows = await db.$queryRaw`
    WITH pilot AS (
      SELECT date_trunc('hour', occurred_at) AS hour, count(*) AS outputs
      FROM stratum JOIN stratum_epoch opened ON opened.project_id = stratum.project_id AND opened.stratum_id = stratum.id
      JOIN output ON output.project_id = opened.project_id AND output.epoch_id = opened.epoch_id AND output.stratum_id = opened.stratum_id
      WHERE stratum.project_id = ${project.id}::uuid AND stratum.phase = 'PILOT' GROUP BY 1),
    live AS (
      SELECT hour, sum(received - duplicates) AS outputs FROM (
        SELECT source_id, hour, received, duplicates FROM ledger_hour WHERE project_id = ${project.id}::uuid
        UNION ALL SELECT source_id, hour, received, duplicates FROM ledger_delta WHERE project_id = ${project.id}::uuid) entry
      JOIN source ON source.project_id = ${project.id}::uuid AND source.id = entry.source_id AND NOT source.recorded_history
      WHERE hour >= ${now}::timestamptz - make_interval(hours => ${HOURS_BACK}::int + 1) GROUP BY 1),
    counted AS (SELECT true AS pilot, * FROM pilot UNION ALL SELECT false, * FROM live),
    extent AS (
      SELECT pilot, min(hour) + interval '1 hour' AS first,
        CASE WHEN pilot THEN max(hour) ELSE date_trunc('hour', ${now}::timestamptz) END - interval '1 hour' AS last
      FROM counted GROUP BY pilot)
    SELECT extent.pilot, to_char(listed AT TIME ZONE ${zone}, 'ID HH24') AS slot, listed AS at, coalesce(outputs, 0)::float8 AS count
    FROM extent CROSS JOIN LATERAL generate_series(first, last, interval '1 hour') listed
    LEFT JOIN counted ON counted.pilot = extent.pilot AND counted.hour = listed
    ORDER BY listed`;
  return byPhase(rows);
}

function byPhase(rows: unknown): { pilot: VolumeCount[]; now: CountRow[] } {
  const read = z.array(countRow.extend({ pilot: z.boolean() })).parse(rows);
  return { pilot: read.filter(({ pilot }) => pilot), now: read.filter(({ pilot }) => !pilot) };
}
