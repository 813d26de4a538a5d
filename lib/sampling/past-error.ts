import type { Tx } from "@/lib/db/client";
import * as z from "zod";

const HISTORY_DAYS = 28;
const DAY_MS = 86_400_000;
/** Observations that the common error rate counts for, in each stratum. */
const SMOOTHING = 10;
const ERROR_BEFORE_ANY_LABEL = 0.1;

const errorRow = z.object({ stratumId: z.uuid(), reviewed: z.number(), wrong: z.number() });
export type StratumErrors = z.output<typeof errorRow>;

/** What was judged in the epochs of the last four weeks, by stratum. Never looks at the epoch that is being opened. */
export async function readPastErrors(tx: Tx, projectId: string, before: Date): Promise<StratumErrors[]> {
  const since = new Date(before.getTime() - HISTORY_DAYS * DAY_MS);
  const rows = await tx.$queryRaw`
    SELECT sample.stratum_id AS "stratumId", count(*)::double precision AS reviewed, sum(1 - score)::double precision AS wrong
    FROM epoch JOIN sample ON sample.project_id = epoch.project_id AND sample.epoch_id = epoch.id
    WHERE epoch.project_id = ${projectId}::uuid AND epoch.ends_at <= ${before} AND epoch.starts_at >= ${since}
      AND sample.state = 'SETTLED'
    GROUP BY 1`;
  return z.array(errorRow).parse(rows);
}

/** Error rate of one stratum, drawn towards the common one while little is known. */
export function smoothedError(errors: readonly StratumErrors[], stratumId: string | null): number {
  const reviewed = errors.reduce((sum, row) => sum + row.reviewed, 0);
  const wrong = errors.reduce((sum, row) => sum + row.wrong, 0);
  const common = (wrong + SMOOTHING * ERROR_BEFORE_ANY_LABEL) / (reviewed + SMOOTHING);
  const own = errors.find((row) => row.stratumId === stratumId);
  return ((own?.wrong ?? 0) + SMOOTHING * common) / ((own?.reviewed ?? 0) + SMOOTHING);
}
