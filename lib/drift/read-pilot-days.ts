import * as z from "zod";
import type { Ctx } from "@/lib/core/ctx";
import { LEAST_PILOT_DAYS } from "./read-volume";

/** Days of pilot from which on volume is watched; the first and the last of them are not whole. */
export const FEWEST_PILOT_DAYS = LEAST_PILOT_DAYS + 2;

/** How many days the pilot spans, from its first output to its last; 0 without a pilot. */
export async function readPilotDays({ db, project }: Pick<Ctx, "db" | "project">): Promise<number> {
  const rows = await db.$queryRaw`
    SELECT coalesce(max(counts.day) - min(counts.day) + 1, 0)::int AS days
    FROM stratum JOIN stratum_epoch part ON part.project_id = stratum.project_id AND part.stratum_id = stratum.id
    JOIN population_count counts ON counts.project_id = part.project_id AND counts.epoch_id = part.epoch_id
      AND counts.stratum_id = part.stratum_id
    WHERE stratum.project_id = ${project.id}::uuid AND stratum.phase = 'PILOT' AND counts.attribute = ''`;
  return z.tuple([z.object({ days: z.number() })]).parse(rows)[0].days;
}
