import * as z from "zod";
import type { Ctx } from "@/lib/core/ctx";
import { cursorText, readCursor } from "@/lib/core/page-cursor";
import { Prisma } from "@/lib/db/generated/client";
import { type IncidentOutputs, type IncidentOutputsQuery, incidentOutputSchema } from "./output-schema";
import { incidentWindow } from "./incident-row";
import { readIncidents } from "./queries";
import { segmentParts } from "./segment-part";

const PAGE_SIZE = 25;
const PREVIEW_LENGTH = 240;

const CONDITIONS: Readonly<Record<IncidentOutputsQuery["show"], Prisma.Sql>> = {
  wrong: Prisma.sql`AND label.score < 1`,
  right: Prisma.sql`AND label.score = 1`,
  unsure: Prisma.sql`AND label.score IS NULL`,
  all: Prisma.empty,
};

const countsRow = z.object({ wrong: z.number(), right: z.number(), unsure: z.number(), all: z.number() });

/**
 * The reviewed outputs behind an incident, as the detector was fed them: those of its segment on the days from the likely start
 * to the resolution or until now. Wrong ones first, then the newest. Null when the project has no such incident.
 */
export async function readIncidentOutputs(
  ctx: Ctx,
  id: string,
  query: IncidentOutputsQuery,
  withPayload: boolean,
): Promise<IncidentOutputs | null> {
  const found = await readLabels(ctx, id);
  if (!found) return null;
  const { incident, labels } = found;
  const { after, limit = PAGE_SIZE } = query;
  const counts = await readCounts(ctx, labels);
  const pages = Math.max(1, Math.ceil(counts[query.show] / limit));
  const preview = withPayload ? Prisma.sql`left(o.output::text, ${PREVIEW_LENGTH})` : Prisma.sql`NULL::text`;
  const rows = await ctx.db.$queryRaw`
    SELECT o.id, o.external_id, to_char(o.occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS occurred_at,
      cohort.day::text AS day, cohort.sequence <= ${incident.alarmSequence ?? 0} AS before_alarm, o.model_version,
      o.confidence, label.score, label.corrected_at IS NOT NULL AS corrected, 1 / label.inclusion_probability AS weight,
      ${reviewersSql()} AS reviewers, ${preview} AS preview, cohort.sequence::int AS sequence, label.random_number::text AS place
    ${labels} ${CONDITIONS[query.show]} ${after ? beyond(after) : Prisma.empty} ${ORDER}
    LIMIT ${limit + 1} OFFSET ${after ? 0 : (query.page - 1) * limit}`;
  const listed = z.array(listedRow).parse(rows);
  const shown = listed.slice(0, limit);
  const last = listed.length > limit ? shown.at(-1) : undefined;
  return {
    outputs: shown.map(({ sequence: _sequence, place: _place, ...output }) => output),
    counts,
    page: query.page,
    pages,
    next: last ? cursorText([last.score, last.day, last.sequence, last.place, last.id]) : null,
  };
}

/** The first of them in the same order, and how many there are; null when the project has no such incident. */
export async function incidentOutputIds(
  ctx: Ctx,
  id: string,
  show: IncidentOutputsQuery["show"],
  limit: number,
): Promise<{ ids: string[]; matching: number } | null> {
  const found = await readLabels(ctx, id);
  if (!found) return null;
  const rows = await ctx.db
    .$queryRaw`SELECT o.id ${found.labels} ${CONDITIONS[show]} ${ORDER} LIMIT ${limit}`;
  const counts = await readCounts(ctx, found.labels);
  const ids = z
    .array(z.object({ id: z.string() }))
    .parse(rows)
    .map((row) => row.id);
  return { ids, matching: counts[show] };
}

const ORDER = Prisma.sql`
  ORDER BY label.score NULLS LAST, cohort.day DESC, cohort.sequence DESC, label.random_number, o.id`;

/** A row with its place in that order. */
const listedRow = incidentOutputSchema.extend({ sequence: z.number(), place: z.string() });

const listPosition = z.tuple([
  z.number().nullable(),
  z.iso.date(),
  z.number().int(),
  z.string().regex(/^\d(\.\d+)?(e-\d+)?$/),
  z.uuid(),
]);

/** What comes after that place in the order: days and sequences fall, the rest rises; no score comes after every score. */
function beyond(cursor: string): Prisma.Sql {
  const [score, day, sequence, place, id] = readCursor(cursor, listPosition);
  return Prisma.sql`
    AND (coalesce(label.score, 2), -(cohort.day - DATE '2000-01-01'), -cohort.sequence, label.random_number, o.id)
      > (${score ?? 2}::double precision, -(${day}::date - DATE '2000-01-01'), ${-sequence}::int, ${place}::double precision, ${id}::uuid)`;
}

async function readLabels(ctx: Ctx, id: string) {
  const [incident] = await readIncidents(ctx, Prisma.sql`AND i.id = ${id}::uuid`, { limit: 1, offset: 0 });
  if (!incident) return null;
  const { from, to, ...segment } = incidentWindow(incident, "since");
  const segments = Object.fromEntries(segmentParts(segment).map((part) => [part.attribute, part.value]));
  const labels = Prisma.sql`
    FROM cohort JOIN cohort_label label ON label.project_id = cohort.project_id AND label.epoch_id = cohort.epoch_id
      JOIN output o ON o.project_id = label.project_id AND o.id = label.output_id
    WHERE cohort.project_id = ${ctx.project.id}::uuid AND cohort.day BETWEEN ${from}::date AND ${to}::date
      AND o.segments @> ${JSON.stringify(segments)}::jsonb`;
  return { incident, labels };
}

async function readCounts(ctx: Ctx, labels: Prisma.Sql): Promise<z.output<typeof countsRow>> {
  const rows = await ctx.db.$queryRaw`
    SELECT count(*) FILTER (WHERE label.score < 1)::int AS wrong, count(*) FILTER (WHERE label.score = 1)::int AS right,
      count(*) FILTER (WHERE label.score IS NULL)::int AS unsure, count(*)::int AS all ${labels}`;
  return z.tuple([countsRow]).parse(rows)[0];
}

/** Names of those whose answers stand now: the newest revision of each reviewer. */
function reviewersSql(): Prisma.Sql {
  return Prisma.sql`(SELECT coalesce(array_agg(person.name ORDER BY person.name), '{}') FROM (
      SELECT DISTINCT ON (review.reviewer_id) review.reviewer_id, review.outcome, review.primary FROM review
      WHERE review.project_id = o.project_id AND review.output_id = o.id AND review.occasion = 0
      ORDER BY review.reviewer_id, review.revision DESC) standing
    JOIN user_account person ON person.id = standing.reviewer_id
    WHERE standing.primary AND standing.outcome IN ('ANSWERED', 'CANNOT_JUDGE'))`;
}
