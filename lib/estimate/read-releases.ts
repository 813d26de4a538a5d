import type { Ctx } from "@/lib/core/ctx";
import { localDay } from "@/lib/core/local-day";
import type { ReleaseMark } from "./schema";

/** A project has few: all of them are read, because one is shown or not by what others there are. */
const MOST_READ = 2_000;
const MOST_SHOWN = 200;

async function readAll({ db, project }: Ctx) {
  const rows = await db.release.findMany({
    where: { projectId: project.id },
    orderBy: [{ liveAt: "desc" }, { id: "desc" }],
    take: MOST_READ,
  });
  const nameOf = (row: (typeof rows)[number]) => JSON.stringify([row.modelName, row.modelVersion]);
  const told = new Set(rows.filter(({ origin }) => origin === "TOLD").map(nameOf));
  // Who tells of a version knows better than what was seen.
  return rows.filter((row) => row.origin === "TOLD" || !told.has(nameOf(row)));
}

/**
 * Releases that went live on some days of the project's zone, oldest first. The version that a stream began with is none, unless
 * somebody told of it.
 */
export async function readReleases(ctx: Ctx, range: { from: string; to: string }): Promise<ReleaseMark[]> {
  const rows = (await readAll(ctx)).reverse();
  const began = new Map<string, string>();
  for (const { modelName, id } of rows) if (!began.has(modelName)) began.set(modelName, id);
  return rows
    .filter(({ id, origin, modelName }) => origin === "TOLD" || began.get(modelName) !== id)
    .map((row) => ({
      id: row.id,
      day: localDay(row.liveAt, ctx.project.timeZone),
      live_at: row.liveAt.toISOString(),
      model_name: row.modelName,
      model_version: row.modelVersion,
      note: row.note,
      seen: row.origin === "SEEN",
    }))
    .filter((mark) => mark.day >= range.from && mark.day <= range.to)
    .slice(-MOST_SHOWN);
}

export interface KnownVersion {
  name: string;
  version: string;
  /** When it went live for the last time. */
  day: string;
}

/** Model versions by when they last went live, the newest first; at most 100. */
export async function readVersions(ctx: Ctx): Promise<KnownVersion[]> {
  const byVersion = new Map<string, KnownVersion>();
  for (const { modelName: name, modelVersion: version, liveAt } of await readAll(ctx))
    if (!byVersion.has(version))
      byVersion.set(version, { name, version, day: localDay(liveAt, ctx.project.timeZone) });
  return [...byVersion.values()].slice(0, 100);
}
