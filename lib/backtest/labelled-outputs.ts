import type { Ctx } from "@/lib/core/ctx";
import { localDay } from "@/lib/core/local-day";
import { Prisma } from "@/lib/db/generated/client";
import { type Reading, storedReading } from "@/lib/db/stored-reading";
import { readExtent, readTotals } from "@/lib/estimate/read-cells";
import * as z from "zod";
import type { LabelledHistory } from "./schema";

const ALL = { attribute: "", value: "" };

type ReadCtx = Pick<Ctx, "db" | "project">;

/** When an output came into its epoch: by arrival in a live stream, by its own time in a recorded one. */
export const instantSql = Prisma.sql`CASE epoch.clock WHEN 'LIVE' THEN output.received_at ELSE output.occurred_at END`;

/** FROM and WHERE: samples that were judged, or of which nobody could tell, in their turn. */
export function judgedSql(projectId: string): Prisma.Sql {
  return Prisma.sql`
    FROM sample
    JOIN stratum_epoch opened ON opened.project_id = sample.project_id AND opened.epoch_id = sample.epoch_id
      AND opened.stratum_id = sample.stratum_id AND sample.random_number < opened.effective_rate
    JOIN output ON output.project_id = sample.project_id AND output.id = sample.output_id
    JOIN epoch ON epoch.project_id = sample.project_id AND epoch.id = sample.epoch_id
    WHERE sample.project_id = ${projectId}::uuid AND sample.state IN ('SETTLED', 'UNSURE')`;
}

/** FROM and WHERE: outputs with a truth that counts, the newest one of each. */
export function truthsSql(projectId: string): Prisma.Sql {
  return Prisma.sql`
    FROM output
    JOIN epoch ON epoch.project_id = output.project_id AND epoch.id = output.epoch_id
    JOIN project owner ON owner.id = output.project_id
    CROSS JOIN LATERAL (
      SELECT each.value, each.received_at FROM ground_truth each
      WHERE each.project_id = output.project_id AND each.external_id = output.external_id
      ORDER BY each.received_at DESC, each.id DESC LIMIT 1) truth
    WHERE output.project_id = ${projectId}::uuid AND (output.phase = 'PILOT' OR owner.truth_coverage = 'COMPLETE')`;
}

const countRow = z.object({
  outputs: z.number(),
  pilot: z.number(),
  production: z.number(),
  firstDay: z.string().nullable(),
  lastDay: z.string().nullable(),
  weeks: z.number(),
  clusters: z.number(),
});

/** What there is to replay, in numbers. */
export async function readLabelledHistory(ctx: ReadCtx): Promise<LabelledHistory> {
  const judged = await count(ctx, judgedSql(ctx.project.id));
  const { truthCoverage } = await coverageOf(ctx);
  const known = truthCoverage === "COMPLETE" ? await count(ctx, truthsSql(ctx.project.id)) : null;
  return known && known.production > judged.production ? shown("truth", known) : shown("reviews", judged);
}

/** The same, as it is kept where much was judged. */
export async function keptLabelledHistory(
  ctx: Pick<Ctx, "db" | "project" | "now">,
): Promise<Reading<LabelledHistory>> {
  const [extent, { pilot, production }, { truthCoverage }] = await Promise.all([
    readExtent(ctx.db, ctx.project.id, ALL),
    readTotals(ctx.db, ctx.project.id, ALL),
    coverageOf(ctx),
  ]);
  const today = localDay(ctx.now, ctx.project.timeZone);
  // Where every output has its truth, all of them are counted.
  const counted = (of: typeof pilot) => (truthCoverage === "COMPLETE" ? of.outputs : of.reviews);
  return await storedReading(
    ctx,
    {
      kind: "labelled-history",
      from: extent?.first ?? today,
      to: extent?.last ?? today,
      reviews: counted(pilot) + counted(production),
    },
    () => readLabelledHistory(ctx),
  );
}

function coverageOf({ db, project }: ReadCtx) {
  return db.project.findUniqueOrThrow({ where: { id: project.id }, select: { truthCoverage: true } });
}

/** Which of the two is replayed: decided by their numbers, as `readLabelledHistory` does. */
export async function historyKind(ctx: ReadCtx): Promise<LabelledHistory["kind"]> {
  return (await readLabelledHistory(ctx)).kind;
}

async function count(ctx: ReadCtx, from: Prisma.Sql): Promise<z.output<typeof countRow>> {
  const rows = await ctx.db.$queryRaw`
    SELECT count(*)::int AS outputs, (count(*) FILTER (WHERE phase = 'PILOT'))::int AS pilot,
      (count(*) FILTER (WHERE phase = 'PRODUCTION'))::int AS production,
      min(instant AT TIME ZONE 'UTC')::date::text AS "firstDay", max(instant AT TIME ZONE 'UTC')::date::text AS "lastDay",
      COALESCE(extract(epoch FROM max(instant) FILTER (WHERE phase = 'PRODUCTION')
        - min(instant) FILTER (WHERE phase = 'PRODUCTION')) / 604800, 0)::double precision AS weeks,
      count(DISTINCT cluster)::int AS clusters
    FROM (SELECT output.phase, output.cluster, ${instantSql} AS instant ${from}) labelled`;
  return countRow.parse((rows as unknown[])[0]);
}

function shown(kind: LabelledHistory["kind"], counted: z.output<typeof countRow>): LabelledHistory {
  const { outputs, pilot, production, firstDay, lastDay, weeks, clusters } = counted;
  return {
    kind,
    outputs,
    pilot_outputs: pilot,
    first_day: firstDay,
    last_day: lastDay,
    per_week: production / Math.max(1, weeks),
    clusters,
  };
}
