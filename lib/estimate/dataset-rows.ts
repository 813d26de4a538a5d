import * as z from "zod";

import type { Ctx } from "@/lib/core/ctx";
import { Prisma } from "@/lib/db/generated/client";
import { type DatasetQuery, type DatasetRow, datasetRowSchema } from "./dataset-schema";
import { WITH_HELD } from "./dataset-choice";
import { type DatasetWeights, weightOf } from "./dataset-weights";

/** Inputs and outputs may be large: so few are in memory at a time. */
const BATCH = 100;

const weighed = z.object({
  uuid: z.string(),
  place: z.string(),
  epochId: z.string(),
  stratumId: z.string(),
  state: z.string().nullable(),
  randomNumber: z.number().nullable(),
  sourceProbability: z.number(),
  copies: z.number(),
});
const storedRow = datasetRowSchema
  .omit({ counted: true, inclusion_probability: true, design_weight: true, weight: true })
  .extend(weighed.shape);
type StoredRow = z.output<typeof storedRow>;

/** Judged outputs by time, read a few at a time from where the last ones ended. */
export async function* sampleRows(
  ctx: Ctx,
  query: DatasetQuery,
  weights: DatasetWeights,
): AsyncGenerator<DatasetRow> {
  const states = query.include.includes("unsure") ? ["SETTLED", "UNSURE"] : ["SETTLED"];
  let after: Pick<StoredRow, "place" | "uuid"> | null = null;
  for (;;) {
    const rows: StoredRow[] = await readSamples(ctx, query, states, after);
    for (const row of rows) {
      const exported = exportedRow(row, weights);
      if (exported.counted || row.state === "UNSURE" || query.include.includes("surplus")) yield exported;
    }
    after = rows.at(-1) ?? null;
    if (!after || rows.length < BATCH) return;
  }
}

/** What people said about known items, own old items or hand-picked outputs: never counted, and only when asked for. */
export async function* besideRows(
  ctx: Ctx,
  query: DatasetQuery,
  weights: DatasetWeights,
): AsyncGenerator<DatasetRow> {
  const kinds = query.include.filter((each) => each === "gold" || each === "repeat" || each === "diagnostic");
  if (kinds.length === 0) return;
  let after: string | null = null;
  for (;;) {
    const rows: StoredRow[] = await readBesides(ctx, query, kinds, after);
    for (const row of rows) yield exportedRow(row, weights);
    after = rows.at(-1)?.uuid ?? null;
    if (!after || rows.length < BATCH) return;
  }
}

function exportedRow(row: StoredRow, weights: DatasetWeights): DatasetRow {
  const {
    uuid: _,
    place: _place,
    epochId,
    stratumId,
    state,
    randomNumber,
    sourceProbability,
    copies,
    ...facts
  } = row;
  const weight = weightOf({ epochId, stratumId, state, randomNumber, sourceProbability, copies }, weights);
  return {
    ...facts,
    counted: weight !== null,
    inclusion_probability: weight?.inclusionProbability ?? null,
    design_weight: weight?.design ?? null,
    weight: weight?.calibrated ?? null,
  };
}

const iso = (column: Prisma.Sql) =>
  Prisma.sql`to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const OUTPUT_COLUMNS = Prisma.sql`
  coalesce(o.sent_id, o.external_id) AS id, lower(o.phase::text) AS phase, ${iso(Prisma.sql`o.occurred_at`)} AS occurred_at, o.day::text AS day,
  o.model_name, o.model_version, o.confidence, o.segments, o.epoch_id AS "epochId", o.stratum_id AS "stratumId",
  concat_ws(', ', nullif(concat_ws('=', nullif(stratum.attribute, ''), nullif(stratum.value, '')), ''),
    CASE WHEN o.phase = 'HELD' THEN 'in quarantine' WHEN stratum.flagged THEN 'flagged' ELSE 'not flagged' END) AS stratum,
  o.source_probability AS "sourceProbability", o.copies, o.input::text AS input`;

const LABEL_COLUMNS = Prisma.sql`
  label.answer, label.correction, coalesce(label.error_tags, '{}') AS error_tags, label.severity, label.comment,
  label.overrule_reason, form.version AS form_version, ${iso(Prisma.sql`label.submitted_at`)} AS reviewed_at`;

const FORM = Prisma.sql`
  LEFT JOIN answer_schema form ON form.project_id = o.project_id AND form.id = label.answer_schema_id`;

/** Newest revisions of an output's own looks that stand. */
const STANDING = Prisma.sql`
  SELECT newest.* FROM (
    SELECT DISTINCT ON (review.reviewer_id) review.*, slot.look FROM review
    JOIN review_slot slot ON slot.project_id = review.project_id AND slot.id = review.slot_id
    WHERE review.project_id = o.project_id AND review.output_id = o.id AND review.occasion = 0
    ORDER BY review.reviewer_id, review.revision DESC) newest
  WHERE newest."primary" AND newest.outcome IN ('ANSWERED', 'CANNOT_JUDGE')`;

async function readSamples(
  ctx: Ctx,
  query: DatasetQuery,
  states: readonly string[],
  after: Pick<StoredRow, "place" | "uuid"> | null,
): Promise<StoredRow[]> {
  const beyond = after
    ? Prisma.sql`AND (o.occurred_at, o.id) > (${after.place}::timestamptz, ${after.uuid}::uuid)`
    : Prisma.empty;
  const rows = await ctx.db.$queryRaw`
    SELECT 'sample' AS kind, ${OUTPUT_COLUMNS}, o.id AS uuid, o.occurred_at::text AS place, o.output::text AS output,
      s.state::text AS state, s.random_number AS "randomNumber", lower(s.verdict::text) AS verdict, s.score, s.settled_by,
      ${LABEL_COLUMNS}, truth.value::text AS truth, looks.looks
    FROM output o
    JOIN sample s ON s.project_id = o.project_id AND s.output_id = o.id AND s.state = ANY (${[...states]}::sample_state[])
    JOIN stratum ON stratum.project_id = o.project_id AND stratum.id = o.stratum_id
    LEFT JOIN LATERAL (${STANDING} AND newest.outcome = 'ANSWERED' ORDER BY newest.look = 3 DESC, newest.look LIMIT 1) label ON true
    ${FORM}
    LEFT JOIN LATERAL (
      SELECT each.value FROM ground_truth each WHERE s.settled_by = 'truth' AND each.project_id = o.project_id
        AND each.external_id = o.external_id ORDER BY each.received_at DESC, each.id DESC LIMIT 1) truth ON true
    CROSS JOIN LATERAL (
      SELECT coalesce(jsonb_agg(jsonb_build_object('look', look.look, 'verdict', lower(coalesce(look.verdict::text, look.outcome::text)),
        'form_version', version.version, 'reviewed_at', ${iso(Prisma.sql`look.submitted_at`)}) ORDER BY look.look), '[]') AS looks
      FROM (${STANDING}) look JOIN answer_schema version ON version.project_id = look.project_id
        AND version.id = look.answer_schema_id) looks
    WHERE o.project_id = ${ctx.project.id}::uuid AND (o.phase <> 'HELD' OR ${query.include.includes(WITH_HELD)}) ${daysOf(query)} ${beyond}
    ORDER BY o.occurred_at, o.id LIMIT ${BATCH}`;
  return z.array(storedRow).parse(rows);
}

async function readBesides(
  ctx: Ctx,
  query: DatasetQuery,
  kinds: readonly string[],
  after: string | null,
): Promise<StoredRow[]> {
  const beyond = after ? Prisma.sql`AND label.id > ${after}::uuid` : Prisma.empty;
  const rows = await ctx.db.$queryRaw`
    SELECT lower(occasion.kind::text) AS kind, ${OUTPUT_COLUMNS}, label.id AS uuid, '' AS place, NULL AS state,
      NULL::float8 AS "randomNumber", coalesce(occasion.shown_output, o.output)::text AS output,
      lower(coalesce(label.verdict::text, label.outcome::text)) AS verdict, label.score, NULL AS settled_by, ${LABEL_COLUMNS},
      NULL AS truth, '[]'::jsonb AS looks
    FROM review label
    JOIN review_occasion occasion ON occasion.project_id = label.project_id AND occasion.output_id = label.output_id
      AND occasion.occasion = label.occasion AND lower(occasion.kind::text) = ANY (${[...kinds]}::text[])
    JOIN output o ON o.project_id = label.project_id AND o.id = label.output_id
    JOIN stratum ON stratum.project_id = o.project_id AND stratum.id = o.stratum_id
    ${FORM}
    WHERE label.project_id = ${ctx.project.id}::uuid AND o.phase <> 'HELD' AND label.outcome IN ('ANSWERED', 'CANNOT_JUDGE')
      AND NOT EXISTS (SELECT 1 FROM review later WHERE later.project_id = label.project_id AND later.output_id = label.output_id
        AND later.occasion = label.occasion AND later.reviewer_id = label.reviewer_id AND later.revision > label.revision)
      ${daysOf(query)} ${beyond}
    ORDER BY label.id LIMIT ${BATCH}`;
  return z.array(storedRow).parse(rows);
}

/** Days are the project's; the wider bounds on the instant let the time index find them. */
function daysOf({ from, to }: DatasetQuery): Prisma.Sql {
  const lower = from
    ? Prisma.sql`AND o.day >= ${from}::date AND o.occurred_at >= (${from}::date - 1)::timestamp AT TIME ZONE 'UTC'`
    : Prisma.empty;
  const upper = to
    ? Prisma.sql`AND o.day <= ${to}::date AND o.occurred_at < (${to}::date + 2)::timestamp AT TIME ZONE 'UTC'`
    : Prisma.empty;
  return Prisma.sql`${lower} ${upper}`;
}
