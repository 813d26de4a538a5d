import type { Ctx } from "@/lib/core/ctx";
import { localDay } from "@/lib/core/local-day";
import { addDays } from "./period";
import type { ReleaseMark } from "./schema";

/**
 * Releases that went live on some days of the project's zone, oldest first. The version that a stream began with is none, unless
 * somebody told of it.
 */
export async function readReleases(ctx: Ctx, range: { from: string; to: string }): Promise<ReleaseMark[]> {
  const { db, project } = ctx;
  const [rows, firsts] = await Promise.all([
    db.release.findMany({
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
    }),
    db.release.findMany({
      where: { projectId: project.id },
      distinct: ["modelName"],
      orderBy: [{ modelName: "asc" }, { liveAt: "asc" }],
      select: { id: true },
    }),
  ]);
  const began = new Set(firsts.map(({ id }) => id));
  return rows
    .filter(({ id, origin }) => origin === "TOLD" || !began.has(id))
    .map((row) => ({
      id: row.id,
      day: localDay(row.liveAt, project.timeZone),
      live_at: row.liveAt.toISOString(),
      model_name: row.modelName,
      model_version: row.modelVersion,
      note: row.note,
      seen: row.origin === "SEEN",
    }))
    .filter((mark) => mark.day >= range.from && mark.day <= range.to);
}

export interface KnownVersion {
  name: string;
  version: string;
  /** When it went live for the last time. */
  day: string;
}

/** Model versions by when they last went live, the newest first; at most 100. */
export async function readVersions({ db, project }: Ctx): Promise<KnownVersion[]> {
  const rows = await db.release.findMany({
    where: { projectId: project.id },
    orderBy: [{ liveAt: "desc" }, { id: "desc" }],
    select: { modelName: true, modelVersion: true, liveAt: true },
    take: 1_000,
  });
  const byVersion = new Map<string, KnownVersion>();
  for (const { modelName: name, modelVersion: version, liveAt } of rows)
    if (!byVersion.has(version))
      byVersion.set(version, { name, version, day: localDay(liveAt, project.timeZone) });
  return [...byVersion.values()].slice(0, 100);
}
