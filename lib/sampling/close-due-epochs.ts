import type { Db } from "@/lib/db/client";
import * as z from "zod";
import { closeEpochs, LIVE_GRACE_MS } from "./close-epoch";
import type { Clock } from "./open-epoch";

/** A recorded stream closes its days itself as it moves on; its last days are closed when it has opened no new one for so long. */
const RECORDED_REST_MS = 3_600_000;

const dueRow = z.object({ projectId: z.uuid(), clock: z.enum(["LIVE", "RECORDED"]), newestId: z.uuid() });

/** Closes the epochs of all projects that are over. Returns the number closed. */
export async function closeDueEpochs(db: Db, now: Date): Promise<number> {
  const endedBy = new Date(now.getTime() - LIVE_GRACE_MS);
  const rows = await db.$queryRaw`
    SELECT project_id AS "projectId", clock::text, max(id::text) AS "newestId" FROM epoch
    WHERE closed_at IS NULL AND ends_at <= ${endedBy} GROUP BY 1, 2 ORDER BY 1, 2`;
  let closed = 0;
  for (const { projectId, clock, newestId } of z.array(dueRow).parse(rows)) {
    if (isDue(clock, newestId, now)) closed += await closeEpochs(db, projectId, clock, endedBy);
  }
  return closed;
}

function isDue(clock: Clock, newestId: string, now: Date): boolean {
  return clock === "LIVE" || now.getTime() - idTime(newestId) > RECORDED_REST_MS;
}

/** Milliseconds at which an id was made: the first 48 bits of a UUIDv7. */
function idTime(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}
