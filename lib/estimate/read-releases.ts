import type { Ctx } from "@/lib/core/ctx";
import { localDay } from "@/lib/core/local-day";
import { addDays } from "./period";
import type { ReleaseMark } from "./schema";

/** Releases that went live on some days of the project's zone, oldest first. */
export async function readReleases(ctx: Ctx, range: { from: string; to: string }): Promise<ReleaseMark[]> {
  const { db, project } = ctx;
  const rows = await db.release.findMany({
    where: {
      projectId: project.id,
      // A day more on each side: the zone decides below.
      liveAt: {
        gte: new Date(`${addDays(range.from, -1)}T00:00:00Z`),
        lt: new Date(`${addDays(range.to, 2)}T00:00:00Z`),
      },
    },
    orderBy: { liveAt: "asc" },
    take: 200,
  });
  return rows
    .map((row) => ({
      id: row.id,
      day: localDay(row.liveAt, project.timeZone),
      live_at: row.liveAt.toISOString(),
      model_name: row.modelName,
      model_version: row.modelVersion,
      note: row.note,
    }))
    .filter((mark) => mark.day >= range.from && mark.day <= range.to);
}
