import * as z from "zod";
import type { Ctx } from "@/lib/core/ctx";
import { groupBy } from "@/lib/core/group-by";
import { heldAsked } from "./held-asked";
import type { HeldQuery } from "./held-schema";
import { bucketMinutes } from "./held-times";

/** What came in one stretch of time for one reason at one place. */
const partRow = z.object({
  kind: z.enum(["output", "truth"]),
  code: z.string(),
  path: z.string(),
  /** Of the stretches, from 1 on. */
  place: z.number(),
  records: z.number(),
  first: z.date(),
  last: z.date(),
  versions: z.array(z.number()),
});
type Part = z.output<typeof partRow>;

/** A stretch of time that all groups share, and how many records of a group came in it. */
export interface HeldTime {
  from: Date;
  to: Date;
  records: number;
}

export interface HeldGroup extends Omit<Part, "place"> {
  times: HeldTime[];
}

const MOST_GROUPS = 100;

/** What is held and asked for, by its first reason and the place of it, most first; each over the same stretches of time. */
export async function readHeldGroups(
  { db, project }: Pick<Ctx, "db" | "project">,
  asked: HeldQuery = {},
): Promise<HeldGroup[]> {
  const extent = await readExtent({ db, project }, asked);
  if (!extent) return [];
  const minutes = bucketMinutes(extent.to.getTime() - extent.from.getTime());
  const bins = await readBins({ db, project }, extent, minutes);
  const edges = bins.map(({ start }) => start.toISOString());
  const rows = await db.$queryRaw<unknown[]>`
    SELECT kind, first_code AS code, coalesce(reasons->0->>'path', '') AS path,
      width_bucket(received_at, ${edges}::timestamptz[]) AS place, count(*)::int AS records,
      min(received_at) AS first, max(received_at) AS last,
      coalesce(array_agg(DISTINCT contract_version) FILTER (WHERE contract_version IS NOT NULL), '{}') AS versions
    FROM quarantine WHERE project_id = ${project.id}::uuid AND ${heldAsked(asked)} GROUP BY 1, 2, 3, 4`;
  const parts = z.array(partRow).parse(rows);
  const groups = [...groupBy(parts, ({ kind, code, path }) => JSON.stringify([kind, code, path])).values()];
  return groups
    .flatMap((own) => own.slice(0, 1).map((part) => heldGroup(part, own, bins)))
    .sort((a, b) => b.records - a.records || compareText(a.code, b.code) || compareText(a.path, b.path))
    .slice(0, MOST_GROUPS);
}

function heldGroup(
  { kind, code, path }: Part,
  parts: readonly Part[],
  bins: readonly { start: Date; end: Date }[],
): HeldGroup {
  const at = new Map(parts.map(({ place, records }) => [place, records]));
  return {
    kind,
    code,
    path,
    records: parts.reduce((sum, { records }) => sum + records, 0),
    first: new Date(Math.min(...parts.map(({ first }) => first.getTime()))),
    last: new Date(Math.max(...parts.map(({ last }) => last.getTime()))),
    versions: [...new Set(parts.flatMap(({ versions }) => versions))].sort((a, b) => a - b),
    times: bins.map(({ start, end }, index) => ({ from: start, to: end, records: at.get(index + 1) ?? 0 })),
  };
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

const extentRow = z.object({ from: z.date().nullable(), to: z.date().nullable() });
const binRow = z.object({ start: z.date(), end: z.date() });
type Reader = Pick<Ctx, "db" | "project">;

/** From the first to the last record; the times that were asked for stay as they were asked for. */
async function readExtent(
  { db, project }: Reader,
  asked: HeldQuery,
): Promise<{ from: Date; to: Date } | null> {
  const rows = await db.$queryRaw`
    SELECT min(received_at) AS from, max(received_at) AS to FROM quarantine
    WHERE project_id = ${project.id}::uuid AND ${heldAsked(asked)}`;
  const { from, to } = z.tuple([extentRow]).parse(rows)[0];
  if (!from || !to) return null;
  return {
    from: asked.from === undefined ? from : new Date(asked.from),
    // The last moment that belongs to it.
    to: asked.to === undefined ? to : new Date(Date.parse(asked.to) - 1),
  };
}

/** Whole hours, days or weeks of the project's calendar: days that a clock change makes longer stay days. */
async function readBins(
  { db, project }: Reader,
  { from, to }: { from: Date; to: Date },
  minutes: number,
): Promise<z.output<typeof binRow>[]> {
  const zone = project.timeZone;
  const rows = await db.$queryRaw`
    SELECT start AT TIME ZONE ${zone} AS start, (start + width) AT TIME ZONE ${zone} AS end
    FROM make_interval(mins => ${minutes}::int) width
    CROSS JOIN LATERAL generate_series(date_bin(width, ${from}::timestamptz AT TIME ZONE ${zone}, timestamp '2001-01-01'),
      ${to}::timestamptz AT TIME ZONE ${zone}, width) start
    ORDER BY start`;
  return z.array(binRow).parse(rows);
}

/** All that is held; groups are shown up to a hundred. */
export function countHeld({ db, project }: Reader): Promise<number> {
  return db.quarantine.count({ where: { projectId: project.id, state: "HELD" } });
}

const settledRow = z.object({ how: z.enum(["replayed", "accepted", "discarded"]), records: z.number() });

/** What became of records that are held no more. */
export async function readSettledCounts({ db, project }: Pick<Ctx, "db" | "project">) {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT settled_how AS how, count(*)::int AS records FROM quarantine
    WHERE project_id = ${project.id}::uuid AND state <> 'HELD' GROUP BY 1`;
  const counts = { replayed: 0, accepted: 0, discarded: 0 };
  for (const { how, records } of z.array(settledRow).parse(rows)) counts[how] = records;
  return counts;
}
