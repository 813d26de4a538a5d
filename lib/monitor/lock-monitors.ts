import type { Tx } from "@/lib/db/client";

/** Closing, feeding and changing what is watched happen one after the other in a project. Held until the transaction ends. */
export async function lockMonitors(tx: Tx, projectId: string): Promise<void> {
  await tx.$executeRaw`SET LOCAL lock_timeout = '200s'`;
  await tx.$queryRaw`
    SELECT 1 FROM (SELECT pg_advisory_xact_lock(hashtextextended(${`monitor|${projectId}`}, 0))) AS held`;
}
