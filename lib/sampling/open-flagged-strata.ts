import * as z from "zod";
import type { Db } from "@/lib/db/client";
import { ensureStrata } from "./ensure-strata";
import { findEpochById } from "./open-epoch";

const keyRow = z.object({
  epochId: z.uuid(),
  phase: z.enum(["PILOT", "PRODUCTION"]),
  attribute: z.string(),
  value: z.string(),
});

/** Opens the flagged counterparts of strata in their epochs, as when a flagged output of the same value had come. */
export async function openFlaggedStrata(
  db: Db,
  projectId: string,
  places: readonly { epochId: string; stratumId: string }[],
): Promise<void> {
  const rows = await db.$queryRaw`
    SELECT DISTINCT place.epoch_id AS "epochId", stratum.phase::text, stratum.attribute, stratum.value
    FROM unnest(${places.map(({ epochId }) => epochId)}::uuid[], ${places.map(({ stratumId }) => stratumId)}::uuid[])
      AS place(epoch_id, stratum_id)
    JOIN stratum ON stratum.project_id = ${projectId}::uuid AND stratum.id = place.stratum_id`;
  for (const { epochId, ...key } of z.array(keyRow).parse(rows)) {
    const epoch = await findEpochById(db, projectId, epochId);
    await ensureStrata(db, { ...epoch, projectId }, [{ ...key, flagged: true }]);
  }
}
