import type { Db } from "@/lib/db/client";
import { type ArrivingOutput, flagUnusual } from "./flag-unusual";
import { raiseMoved } from "./raise-moved";

/** Outputs on their way in beside the pilot: unusual ones are flagged, and those that lie where an attribute has moved are raised. */
export async function judgeArriving(
  db: Db,
  projectId: string,
  outputs: readonly ArrivingOutput[],
): Promise<void> {
  await flagUnusual(db, projectId, outputs);
  await raiseMoved(db, projectId, outputs);
}
