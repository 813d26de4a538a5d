import type { Tx } from "@/lib/db/client";

/** Freezing, counting and judging inputs happen one after the other in a project. Held until the transaction ends. */
export async function lockDrift(tx: Tx, projectId: string): Promise<void> {
  // Two statements in one: first how long it may wait, then the waiting.
  await tx.$queryRaw`
    WITH patience AS MATERIALIZED (SELECT set_config('lock_timeout', '200s', true) AS set)
    SELECT 1 FROM (SELECT pg_advisory_xact_lock(hashtextextended(${`drift|${projectId}`}, 0)) FROM patience WHERE set <> '') AS held`;
}
