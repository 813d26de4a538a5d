import * as z from "zod";
import type { Tx } from "@/lib/db/client";
import { type ReadBaseline, readInputBaseline } from "./baseline-json";
import { type DayCounts, driftThreshold, type DriftWindow, followDrift } from "./drift-path";
import { lockDrift } from "./lock-drift";

const stateSchema = z.object({
  logEvidence: z.number().nullable(),
  climb: z.number(),
  climbFrom: z.string().nullable(),
  movedSince: z.string().nullable(),
  noticedOn: z.string().nullable(),
  recent: z.array(z.array(z.number())),
  /** Not there in states that were stored before further moves were looked for. */
  moves: z.number().default(1),
  moved: z
    .object({
      counts: z.array(z.number()),
      windows: z.number(),
      logEvidence: z.number().nullable(),
      climb: z.number(),
      climbFrom: z.string().nullable(),
    })
    .nullable()
    .default(null),
});
const dirtyRow = z.object({ first: z.iso.date().nullable(), last: z.iso.date().nullable() });
const lastRow = z.object({ feature: z.number(), toDay: z.iso.date(), state: stateSchema });
const dayRow = z.object({
  feature: z.number(),
  day: z.iso.date(),
  counts: z.array(z.coerce.number()),
});
const clumpRow = z.object({ day: z.iso.date(), size: z.number() });

/**
 * Judges every attribute in the windows that a changed day belongs to, and all later ones; earlier ones stay. Days that are not over in the
 * project's time zone wait. Every window is kept, alarming or not. Returns how many were written.
 */
export async function evaluateDrift(tx: Tx, projectId: string): Promise<number> {
  await lockDrift(tx, projectId);
  const baseline = await readInputBaseline(tx, projectId);
  if (!baseline) return 0;
  const [dirty] = z.tuple([dirtyRow]).parse(
    await tx.$queryRaw`
      SELECT min(input_day.day)::text AS first, max(input_day.day)::text AS last FROM input_day JOIN project ON project.id = project_id
      WHERE project_id = ${projectId}::uuid AND baseline_id = ${baseline.id}::uuid AND NOT evaluated
        AND input_day.day < (now() AT TIME ZONE project.time_zone)::date`,
  );
  if (dirty.first === null) return 0;
  await tx.$executeRaw`
    DELETE FROM drift_window WHERE project_id = ${projectId}::uuid AND baseline_id = ${baseline.id}::uuid
      AND to_day >= ${dirty.first}::date`;
  const windows = await followAll(tx, projectId, baseline);
  await writeWindows(tx, { projectId, baselineId: baseline.id }, windows);
  await tx.$executeRaw`
    UPDATE input_day SET evaluated = true FROM project
    WHERE project.id = project_id AND project_id = ${projectId}::uuid AND baseline_id = ${baseline.id}::uuid AND NOT evaluated
      AND day < (now() AT TIME ZONE project.time_zone)::date`;
  return windows.length;
}

type PlacedWindow = DriftWindow & { feature: number };

async function followAll(tx: Tx, projectId: string, baseline: ReadBaseline): Promise<PlacedWindow[]> {
  const last = z.array(lastRow).parse(
    await tx.$queryRaw`
      SELECT DISTINCT ON (feature) feature, to_day::text AS "toDay", state FROM drift_window
      WHERE project_id = ${projectId}::uuid AND baseline_id = ${baseline.id}::uuid ORDER BY feature, to_day DESC`,
  );
  const reached = new Map(last.map((each) => [each.feature, each]));
  const earliest =
    reached.size === baseline.features.length
      ? (last.map(({ toDay }) => toDay).toSorted()[0] ?? "0001-01-01")
      : "0001-01-01";
  const rows = z.array(dayRow).parse(
    await tx.$queryRaw`
      SELECT feature, day::text, counts::text[] AS counts FROM feature_day JOIN project ON project.id = project_id
      WHERE project_id = ${projectId}::uuid AND baseline_id = ${baseline.id}::uuid AND day > ${earliest}::date
        AND day < (now() AT TIME ZONE project.time_zone)::date
      ORDER BY day`,
  );
  const clumping = await readClumping(tx, projectId, baseline, earliest);
  const days = baseline.features.map((): DayCounts[] => []);
  for (const { feature, day, counts } of rows)
    if (day > (reached.get(feature)?.toDay ?? ""))
      days[feature]?.push({ day, counts, clumping: clumping.get(day) ?? 1 });
  const logThreshold = driftThreshold(baseline.features.length);
  return baseline.features.flatMap((feature, at) => {
    const from = reached.get(at)?.state;
    const windows = followDrift(feature, days[at] ?? [], from ? { logThreshold, from } : { logThreshold });
    return windows.map((window) => ({ ...window, feature: at }));
  });
}

/**
 * By how much the clusters of each day are larger than the pilot's; asked only where the pilot had any. Counted for days that have changed:
 * a late output of an old day leaves those after it as they are.
 */
async function readClumping(
  tx: Tx,
  projectId: string,
  { id, clusterSize }: ReadBaseline,
  after: string,
): Promise<Map<string, number>> {
  if (clusterSize <= 1) return new Map();
  await tx.$executeRaw`
    UPDATE input_day SET cluster_size = counted.size FROM (
      SELECT day, (sum(size * size) / sum(size))::float8 AS size FROM (
        SELECT day, count(*) AS size FROM output
        WHERE project_id = ${projectId}::uuid AND phase = 'PRODUCTION' AND day IN (
          SELECT day FROM input_day WHERE project_id = ${projectId}::uuid AND baseline_id = ${id}::uuid AND day > ${after}::date
            AND (NOT evaluated OR cluster_size IS NULL))
        GROUP BY day, COALESCE(cluster, id::text)) clusters
      GROUP BY day) counted
    WHERE project_id = ${projectId}::uuid AND baseline_id = ${id}::uuid AND input_day.day = counted.day`;
  const rows = z.array(clumpRow).parse(
    await tx.$queryRaw`
      SELECT day::text, cluster_size AS size FROM input_day
      WHERE project_id = ${projectId}::uuid AND baseline_id = ${id}::uuid AND day > ${after}::date AND cluster_size IS NOT NULL`,
  );
  return new Map(rows.map(({ day, size }) => [day, Math.max(1, size / clusterSize)]));
}

async function writeWindows(
  tx: Tx,
  { projectId, baselineId }: { projectId: string; baselineId: string },
  windows: readonly PlacedWindow[],
): Promise<void> {
  const rows = windows.map(({ counts, ...window }) => ({ ...window, counts: `{${counts.join(",")}}` }));
  const most = 2000;
  for (let from = 0; from < rows.length; from += most)
    await tx.$executeRaw`
      INSERT INTO drift_window (project_id, baseline_id, feature, from_day, to_day, counts, design_effect, log_tail, log_evidence,
        noticed, returned, state)
      SELECT ${projectId}::uuid, ${baselineId}::uuid, feature, "from", "to", counts::bigint[], "designEffect", "logTail", "logEvidence",
        noticed, returned, state
      FROM jsonb_to_recordset(${JSON.stringify(rows.slice(from, from + most))}::jsonb) AS row(feature smallint, "from" date, "to" date,
        counts text, "designEffect" float8, "logTail" float8, "logEvidence" float8, noticed boolean, returned boolean, state jsonb)`;
}
