import type { Tx } from "@/lib/db/client";
import * as z from "zod";

/** Weight of the newest day; older days fade by 1 − this each day, so that about a week counts. */
const NEWEST_DAY_WEIGHT = 0.15;
const DAY_MS = 86_400_000;
const HISTORY_DAYS = 60;

const volumeRow = z.object({ stratumId: z.uuid(), day: z.date(), outputs: z.number() });
export type DayVolume = z.output<typeof volumeRow>;

/**
 * Outputs per stratum and UTC day in the epochs that ended before an instant. Counts that no job has folded yet are included,
 * and strata that need no review (truth known) are left out.
 */
export async function readPastVolumes(tx: Tx, projectId: string, before: Date): Promise<DayVolume[]> {
  const since = new Date(before.getTime() - HISTORY_DAYS * DAY_MS);
  const rows = await tx.$queryRaw`
    WITH past AS (
      SELECT id, date_trunc('day', starts_at, 'UTC') AS day FROM epoch
      WHERE project_id = ${projectId}::uuid AND ends_at <= ${before} AND starts_at >= ${since}
    ), counted AS (
      SELECT epoch_id, stratum_id, outputs FROM population_count
      WHERE project_id = ${projectId}::uuid AND attribute = '' AND value = '' AND epoch_id IN (SELECT id FROM past)
      UNION ALL
      SELECT epoch_id, stratum_id, outputs FROM population_delta
      WHERE project_id = ${projectId}::uuid AND attribute = '' AND value = '' AND epoch_id IN (SELECT id FROM past)
    )
    SELECT counted.stratum_id AS "stratumId", past.day, sum(counted.outputs)::double precision AS outputs
    FROM counted JOIN past ON past.id = counted.epoch_id
    JOIN stratum ON stratum.project_id = ${projectId}::uuid AND stratum.id = counted.stratum_id
    WHERE stratum.attribute <> '$truth'
    GROUP BY 1, 2`;
  return z.array(volumeRow).parse(rows);
}

/** Exponential mean of the daily volume per stratum; days without traffic since the first one count as 0. */
export function forecastVolumes(history: readonly DayVolume[], day: Date): Map<string, number> {
  const first = Math.min(...history.map((row) => row.day.getTime()));
  const days = Math.round((day.getTime() - first) / DAY_MS);
  if (history.length === 0 || days < 1) return new Map();
  const keep = 1 - NEWEST_DAY_WEIGHT;
  const allWeights = (1 - keep ** days) / (1 - keep);
  const forecast = new Map<string, number>();
  for (const { stratumId, day: past, outputs } of history) {
    const age = Math.round((day.getTime() - past.getTime()) / DAY_MS);
    if (age < 1) continue;
    const share = keep ** (age - 1) / allWeights;
    forecast.set(stratumId, (forecast.get(stratumId) ?? 0) + outputs * share);
  }
  return forecast;
}
