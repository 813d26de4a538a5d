import type { Ctx } from "@/lib/core/ctx";
import { localDay } from "@/lib/core/local-day";
import { addDays } from "./period";
import type { FormMark } from "./schema";

/**
 * Versions of the answer form that came into force on some days of the project's zone, oldest first. The first one changes nothing:
 * before it nobody could review.
 */
export async function readFormMarks(ctx: Ctx, range: { from: string; to: string }): Promise<FormMark[]> {
  const { db, project } = ctx;
  const rows = await db.answerSchema.findMany({
    where: {
      projectId: project.id,
      version: { gt: 1 },
      // A day more on each side: the zone decides below.
      createdAt: {
        gte: new Date(`${addDays(range.from, -1)}T00:00:00Z`),
        lt: new Date(`${addDays(range.to, 2)}T00:00:00Z`),
      },
    },
    select: { version: true, createdAt: true },
    orderBy: { version: "asc" },
    take: 200,
  });
  return rows
    .map((row) => ({
      version: row.version,
      day: localDay(row.createdAt, project.timeZone),
      published_at: row.createdAt.toISOString(),
    }))
    .filter((mark) => mark.day >= range.from && mark.day <= range.to);
}
