import * as z from "zod";

import type { Ctx } from "@/lib/core/ctx";
import { Prisma } from "@/lib/db/generated/client";
import { isoText, outputColumns } from "./list-outputs";
import { readOutputReviews, readOutputTruths } from "./output-evidence";
import { outputTables } from "./output-filter";
import { type OutputDetail, outputRowSchema } from "./schema";

const instant = z.iso.datetime({ offset: true });

const detailRow = outputRowSchema.omit({ preview: true }).extend({
  source_name: z.string(),
  source_kind: z.enum(["api", "hook"]),
  cluster: z.string().nullable(),
  input: z.unknown(),
  output: z.unknown(),
  extra: z.unknown(),
  settled_by: z.string().nullable(),
  settled_at: instant.nullable(),
  random_number: z.number(),
  copies: z.number(),
  rate: z.number(),
  effective_rate: z.number(),
  source_probability: z.number(),
  stratum_attribute: z.string(),
  stratum_value: z.string(),
  stratum_flagged: z.boolean(),
  epoch_starts_at: instant,
  epoch_ends_at: instant,
  epoch_closed: z.boolean(),
  conflicts: z.number(),
  newer: z.uuid().nullable(),
  older: z.uuid().nullable(),
});
type DetailRow = z.output<typeof detailRow>;

/** One output with everything that is known about it; null when the project has none with this id. */
export async function readOutput(ctx: Ctx, id: string, withPayload: boolean): Promise<OutputDetail | null> {
  const row = await readDetailRow(ctx, id, withPayload);
  if (!row) return null;
  const [reviews, truths] = [
    await readOutputReviews(ctx, id, withPayload),
    await readOutputTruths(ctx, row.external_id, withPayload),
  ];
  return { ...detailFrom(row, withPayload), reviews, truths };
}

async function readDetailRow(ctx: Ctx, id: string, withPayload: boolean): Promise<DetailRow | null> {
  const payload = withPayload
    ? Prisma.sql`o.input, o.output, o.extra`
    : Prisma.sql`NULL::jsonb AS input, NULL::jsonb AS output, NULL::jsonb AS extra`;
  const rows = await ctx.db.$queryRaw`
    SELECT o.id, ${outputColumns()}, ${payload}, o.cluster, o.random_number, o.copies, o.source_probability, s.settled_by,
      ${isoText(Prisma.sql`s.settled_at`)} AS settled_at, se.rate, se.effective_rate,
      source.name AS source_name, lower(source.kind::text) AS source_kind,
      stratum.attribute AS stratum_attribute, stratum.value AS stratum_value, stratum.flagged AS stratum_flagged,
      ${isoText(Prisma.sql`epoch.starts_at`)} AS epoch_starts_at, ${isoText(Prisma.sql`epoch.ends_at`)} AS epoch_ends_at,
      epoch.closed_at IS NOT NULL AS epoch_closed,
      (SELECT count(*)::int FROM output_conflict c WHERE c.project_id = o.project_id AND c.output_id = o.id) AS conflicts,
      (SELECT n.id FROM output n WHERE n.project_id = o.project_id AND n.phase <> 'HELD' AND (n.occurred_at, n.id) > (o.occurred_at, o.id)
        ORDER BY n.occurred_at, n.id LIMIT 1) AS newer,
      (SELECT n.id FROM output n WHERE n.project_id = o.project_id AND n.phase <> 'HELD' AND (n.occurred_at, n.id) < (o.occurred_at, o.id)
        ORDER BY n.occurred_at DESC, n.id DESC LIMIT 1) AS older
    FROM ${outputTables(Prisma.sql`output`)}
    JOIN source ON source.project_id = o.project_id AND source.id = o.source_id
    JOIN stratum ON stratum.project_id = o.project_id AND stratum.id = o.stratum_id
    JOIN epoch ON epoch.project_id = o.project_id AND epoch.id = o.epoch_id
    WHERE o.project_id = ${ctx.project.id}::uuid AND o.id = ${id}::uuid`;
  return z.array(detailRow).parse(rows)[0] ?? null;
}

function detailFrom(row: DetailRow, withPayload: boolean): Omit<OutputDetail, "reviews" | "truths"> {
  const {
    source_name,
    source_kind,
    input,
    output,
    extra,
    random_number,
    copies,
    rate,
    effective_rate,
    source_probability,
    stratum_attribute,
    stratum_value,
    stratum_flagged,
    epoch_starts_at,
    epoch_ends_at,
    epoch_closed,
    newer,
    older,
    ...facts
  } = row;
  return {
    ...facts,
    source: { name: source_name, kind: source_kind },
    payload: withPayload ? { input, output, extra } : null,
    sampling: {
      random_number,
      rate,
      effective_rate,
      source_probability,
      weight: row.state === "counted" ? Math.max(1 + copies, 1 / effective_rate) / source_probability : null,
      stratum: { attribute: stratum_attribute, value: stratum_value, flagged: stratum_flagged },
      epoch: { starts_at: epoch_starts_at, ends_at: epoch_ends_at, closed: epoch_closed },
    },
    neighbours: { newer, older },
  };
}
