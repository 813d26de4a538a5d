import * as z from "zod";
import type { Ctx } from "@/lib/core/ctx";
import { Prisma } from "@/lib/db/generated/client";
import { addDays } from "@/lib/estimate/period";
import { newestOrder, urgencyOrder } from "./incident-order";
import {
  accuracyFacts,
  incidentColumns,
  incidentRow,
  incidentWindow,
  type StoredIncident,
  segmentOf,
  standingSql,
  storedIncidentRow,
} from "./incident-row";
import { type LabelWindow, readLabelWindows } from "./label-window";
import {
  type IncidentList,
  type IncidentMark,
  type IncidentQuery,
  type IncidentRow,
  STANDINGS,
} from "./schema";
import type { SegmentPart } from "./segment-part";

const PAGE_SIZE = 50;
const MOST_MARKS = 50;
const BEFORE_DAYS = 90;

/**
 * Incidents in the order in which they need somebody or by age, a page at a time, with what the labels say about each. After a
 * cursor nothing comes twice that stands where it stood; by age nothing comes twice at all.
 */
export async function listIncidents(ctx: Ctx, query: IncidentQuery): Promise<IncidentList> {
  const segment = askedSegment(query);
  const { after, limit = PAGE_SIZE, sort = "urgency" } = query;
  const order = sort === "newest" ? newestOrder() : urgencyOrder(ctx.now);
  const only =
    query.standing === "all" ? Prisma.empty : Prisma.sql`AND ${standingSql(ctx.now)} = ${query.standing}`;
  const [rows, counts, segments] = await Promise.all([
    readIncidents(
      ctx,
      Prisma.sql`${segmentSql(segment)} ${only} ${after ? order.beyond(after) : Prisma.empty}`,
      {
        limit: limit + 1,
        offset: after ? 0 : (query.page - 1) * limit,
        orderBy: order.by,
      },
    ),
    countStandings(ctx, segment),
    readSegments(ctx),
  ]);
  const matching =
    query.standing === "all"
      ? Object.values(counts).reduce((sum, each) => sum + each, 0)
      : counts[query.standing];
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const incidents = await withLabels(ctx, shown);
  return {
    incidents: sort === "urgency" ? incidents.sort(byUrgency) : incidents,
    page: query.page,
    pages: Math.max(1, Math.ceil(matching / limit)),
    next: last && rows.length > limit ? order.cursor(last) : null,
    counts,
    segments,
  };
}

/** Incidents that somebody should look at now: neither resolved nor muted. */
export async function countOpenIncidents(
  { db, now }: Pick<Ctx, "db" | "now">,
  projectId: string,
): Promise<number> {
  return db.incident.count({
    where: {
      projectId,
      state: { not: "RESOLVED" },
      OR: [{ mutedUntil: null }, { mutedUntil: { lte: now } }],
    },
  });
}

/** Those that ask for attention, the costliest first. */
export async function listUrgentIncidents(ctx: Ctx, most: number): Promise<IncidentRow[]> {
  const condition = Prisma.sql`AND ${standingSql(ctx.now)} IN ('open', 'acknowledged')`;
  const rows = await readIncidents(ctx, condition, { limit: PAGE_SIZE, offset: 0 });
  return (await withLabels(ctx, rows)).sort(byUrgency).slice(0, most);
}

/** One incident as lists show it; null when the project has none with this id. */
export async function readIncidentRow(ctx: Ctx, id: string): Promise<IncidentRow | null> {
  const rows = await readIncidents(ctx, Prisma.sql`AND i.id = ${id}::uuid`, { limit: 1, offset: 0 });
  return (await withLabels(ctx, rows))[0] ?? null;
}

/** Incidents of one segment whose likely start lies in a range of days, with the accuracy before and since, for its chart. */
export async function readIncidentMarks(
  ctx: Ctx,
  { segment, from, to }: { segment: SegmentPart; from: string; to: string },
): Promise<IncidentMark[]> {
  const condition = Prisma.sql`${segmentSql(segment)} AND i.change_day BETWEEN ${from}::date AND ${to}::date`;
  const rows = await readIncidents(ctx, condition, { limit: MOST_MARKS, offset: 0 });
  const windows = rows.flatMap((row) => [
    ...beforeWindow(row, `before ${row.id}`),
    incidentWindow(row, row.id),
  ]);
  const labels = await readLabelWindows(ctx.db, ctx.project.id, windows);
  return rows.flatMap((row) =>
    incidentMark(row, {
      before: labels(`before ${row.id}`).estimate?.mean ?? null,
      since: labels(row.id).estimate?.mean ?? null,
    }),
  );
}

/** Incidents of any segment that are not resolved, for tables of segments. */
export async function readUnresolvedMarks(ctx: Ctx): Promise<IncidentMark[]> {
  const rows = await readIncidents(ctx, Prisma.sql`AND i.state <> 'RESOLVED'`, { limit: 500, offset: 0 });
  return rows.flatMap((row) => incidentMark(row, { before: null, since: null }));
}

function incidentMark(row: StoredIncident, accuracy: Pick<IncidentMark, "before" | "since">): IncidentMark[] {
  if (row.changeDay === null) return [];
  return [{ id: row.id, segment: segmentOf(row), standing: row.standing, day: row.changeDay, ...accuracy }];
}

/** The days before the likely start that it is compared with. */
export function beforeWindow(incident: StoredIncident, key: string): LabelWindow[] {
  const { changeDay } = incident;
  if (changeDay === null) return [];
  const segment = segmentOf(incident);
  return [{ key, ...segment, from: addDays(changeDay, -BEFORE_DAYS), to: addDays(changeDay, -1) }];
}

/** Rows of the project that fulfil a condition, those that need somebody first. */
export async function readIncidents(
  ctx: Ctx,
  condition: Prisma.Sql,
  {
    limit,
    offset,
    orderBy = urgencyOrder(ctx.now).by,
  }: { limit: number; offset: number; orderBy?: Prisma.Sql },
): Promise<StoredIncident[]> {
  const rows = await ctx.db.$queryRaw`
    SELECT ${incidentColumns(ctx.now)} FROM incident i
    WHERE i.project_id = ${ctx.project.id}::uuid ${condition}
    ORDER BY ${orderBy} LIMIT ${limit} OFFSET ${offset}`;
  return z.array(storedIncidentRow).parse(rows);
}

async function withLabels(ctx: Ctx, rows: readonly StoredIncident[]): Promise<IncidentRow[]> {
  const windows = rows.filter(accuracyFacts).map((row) => incidentWindow(row, row.id));
  const labels = await readLabelWindows(ctx.db, ctx.project.id, windows);
  return rows.map((row) => incidentRow(row, accuracyFacts(row) ? labels(row.id) : null));
}

/** Resolved ones keep their order, the newest first; of the others what costs most comes first. */
function byUrgency(a: IncidentRow, b: IncidentRow): number {
  const rank = STANDINGS.indexOf(a.standing) - STANDINGS.indexOf(b.standing);
  if (rank !== 0 || a.standing === "resolved") return rank;
  return cost(b) - cost(a);
}

/** What breaks the inputs themselves may cost every output; what is only worth knowing costs nothing. */
function cost({ input, extra_wrong: extra }: IncidentRow): number {
  if (input) return input.severity === "high" ? Number.MAX_VALUE : -1;
  return extra ?? 0;
}

function askedSegment({ attribute, value }: IncidentQuery): SegmentPart | null {
  return attribute === undefined ? null : { attribute, value: value ?? "" };
}

function segmentSql(segment: SegmentPart | null): Prisma.Sql {
  return segment
    ? Prisma.sql`AND i.attribute = ${segment.attribute} AND i.value = ${segment.value}`
    : Prisma.empty;
}

const countRow = z.object({ standing: z.enum(STANDINGS), incidents: z.number() });

async function countStandings(ctx: Ctx, segment: SegmentPart | null): Promise<IncidentList["counts"]> {
  const rows = await ctx.db.$queryRaw`
    SELECT ${standingSql(ctx.now)} AS standing, count(*)::int AS incidents FROM incident i
    WHERE i.project_id = ${ctx.project.id}::uuid ${segmentSql(segment)} GROUP BY 1`;
  const counts = { open: 0, acknowledged: 0, muted: 0, resolved: 0 };
  for (const { standing, incidents } of z.array(countRow).parse(rows)) counts[standing] = incidents;
  return counts;
}

const segmentRow = z.object({ attribute: z.string(), value: z.string() });

async function readSegments(ctx: Ctx): Promise<SegmentPart[]> {
  const rows = await ctx.db.$queryRaw`
    SELECT i.attribute, i.value FROM incident i WHERE i.project_id = ${ctx.project.id}::uuid
    GROUP BY 1, 2 ORDER BY count(*) DESC, 1, 2 LIMIT 100`;
  return z.array(segmentRow).parse(rows);
}
