import * as z from "zod";
import type { BreakerJson, BreakerQuery } from "@/lib/contract/breaker-schema";
import { readWindow } from "@/lib/contract/watch-breakers";
import type { Ctx } from "@/lib/core/ctx";
import { AppError } from "@/lib/core/errors";
import { cursorText, readCursor } from "@/lib/core/page-cursor";
import { Prisma } from "@/lib/db/generated/client";

const MOST_READ = 200;
const NEWEST = Prisma.sql`breaker.closed_at IS NOT NULL, breaker.opened_at DESC, breaker.id DESC`;
const instant = z.date().transform((at) => at.toISOString());

const row = z.object({
  id: z.uuid(),
  code: z.string(),
  version: z.number(),
  opened_at: instant,
  since: instant,
  records: z.number(),
  hits: z.number(),
  expected: z.number(),
  holding: z.boolean(),
  sender_fault: z.string().nullable(),
  closed_at: instant.nullable(),
  closed_how: z.enum(["fell_back", "published"]).nullable(),
  held: z.number(),
  incident: z.uuid().nullable(),
});

type Reader = Pick<Ctx, "db" | "project">;

/** Breakers that are open, newest first. */
export async function readOpenBreakers(ctx: Reader): Promise<BreakerJson[]> {
  return read(ctx, Prisma.sql`AND breaker.closed_at IS NULL`);
}

/** Breakers that are open, and after them those that were, newest first, so many of them at a time. */
export async function listBreakers(
  ctx: Reader,
  { after, limit }: BreakerQuery,
): Promise<{ breakers: BreakerJson[]; next: string | null }> {
  const found = await read(ctx, after ? beyond(after) : Prisma.empty, { limit: limit + 1 });
  const breakers = found.slice(0, limit);
  const last = found.length > limit ? breakers.at(-1) : undefined;
  const next = last ? cursorText([last.closed_at === null ? 0 : 1, last.opened_at, last.id]) : null;
  return { breakers, next };
}

const position = z.tuple([z.number().int().min(0).max(1), z.iso.datetime({ offset: true }), z.uuid()]);

function beyond(cursor: string): Prisma.Sql {
  const [closed, openedAt, id] = readCursor(cursor, position);
  return Prisma.sql`
    AND ((breaker.closed_at IS NOT NULL)::int > ${closed} OR ((breaker.closed_at IS NOT NULL)::int = ${closed}
      AND (breaker.opened_at, breaker.id) < (${openedAt}::timestamptz, ${id}::uuid)))`;
}

/** @throws AppError NOT_FOUND */
export async function readBreaker(ctx: Reader, id: string): Promise<BreakerJson> {
  const [found] = await read(ctx, Prisma.sql`AND breaker.id = ${id}::uuid`);
  if (!found) throw new AppError("NOT_FOUND", "There is no such breaker.");
  return found;
}

/** Of an incident about a broken contract, by its subject: the codes that one change broke, the first of them first. */
export async function breakersOfIncident(ctx: Reader, subject: string): Promise<BreakerJson[]> {
  const id = z.uuid().safeParse(subject.split(" ")[1]).data;
  if (id === undefined) return [];
  return read(ctx, Prisma.sql`AND breaker.episode_id = ${id}::uuid`, {
    orderBy: Prisma.sql`breaker.id <> breaker.episode_id, breaker.opened_at, breaker.id`,
  });
}

async function read(
  { db, project }: Reader,
  condition: Prisma.Sql,
  { orderBy = NEWEST, limit = MOST_READ }: { orderBy?: Prisma.Sql; limit?: number } = {},
): Promise<BreakerJson[]> {
  const rows = z.array(row).parse(
    await db.$queryRaw`
      SELECT breaker.id, code, version, breaker.opened_at, since, records, hits, expected, holding, sender_fault, closed_at, closed_how,
        (SELECT count(*) FROM quarantine held WHERE held.project_id = breaker.project_id AND held.state = 'HELD'
          AND held.first_code = breaker.code)::int AS held,
        (SELECT incident.id FROM incident WHERE incident.project_id = breaker.project_id AND incident.kind = 'contract_broken'
          AND split_part(incident.subject, ' ', 2) = breaker.episode_id::text ORDER BY incident.id DESC LIMIT 1) AS incident
      FROM contract_breaker breaker WHERE breaker.project_id = ${project.id}::uuid ${condition}
      ORDER BY ${orderBy} LIMIT ${limit}`,
  );
  const windows = new Map(
    await Promise.all(
      [...new Set(rows.map(({ version }) => version))].map(
        async (version) => [version, await readWindow(db, project.id, version)] as const,
      ),
    ),
  );
  return rows.map((each) => {
    const window = windows.get(each.version);
    const hits = window?.codes.find(({ code }) => code === each.code)?.records ?? 0;
    return { ...each, now: window && window.records > 0 ? { records: window.records, hits } : null };
  });
}
