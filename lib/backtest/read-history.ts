import type { Ctx } from "@/lib/core/ctx";
import { Prisma } from "@/lib/db/generated/client";
import { judgeTruth, schemaInForce } from "@/lib/review/judge-truth";
import { type AnswerDefinition, answerDefinitionSchema } from "@/lib/review/schema";
import * as z from "zod";
import type { LabelledOutput } from "./history";
import { historyKind, instantSql, judgedSql, truthsSql } from "./labelled-outputs";

type ReadCtx = Pick<Ctx, "db" | "project">;

const PER_PAGE = 20_000;
const TRUTHS_PER_PAGE = 2_000;
const FIRST_ID = "00000000-0000-0000-0000-000000000000";

const unit = {
  id: z.uuid(),
  externalId: z.string(),
  instant: z.number(),
  phase: z.enum(["PILOT", "PRODUCTION"]),
  segments: z.record(z.string(), z.string()),
  cluster: z.string().nullable(),
  flagged: z.boolean(),
  probability: z.number(),
};
const judgedRow = z.object({ ...unit, score: z.number().nullable() });
const json = z.string().transform((text) => JSON.parse(text) as unknown);
const truthRow = z.object({ ...unit, truth: json, output: json, at: z.date() });

/**
 * The labelled history of a project. Of reviewed samples only those that speak for all outputs (what was judged out of turn is left
 * out), each with the probability with which it came to be judged; or, where truth comes for every output and has come for more of
 * them, all outputs with a truth.
 */
export async function readHistory(ctx: ReadCtx): Promise<LabelledOutput[]> {
  return (await historyKind(ctx)) === "truth" ? await readTruths(ctx) : await readJudged(ctx);
}

async function readJudged(ctx: ReadCtx): Promise<LabelledOutput[]> {
  return readPages(PER_PAGE, async (after) => {
    const rows = await ctx.db.$queryRaw`
      SELECT ${unitSql}, output.source_probability * opened.effective_rate AS probability, sample.score
      ${judgedSql(ctx.project.id)} AND sample.output_id > ${after}::uuid ORDER BY sample.output_id LIMIT ${PER_PAGE}`;
    return z
      .array(judgedRow)
      .parse(rows)
      .map((row) => ({ id: row.id, labelled: labelledOutput(row, row.score) }));
  });
}

async function readTruths(ctx: ReadCtx): Promise<LabelledOutput[]> {
  const versions = await ctx.db.answerSchema.findMany({
    where: { projectId: ctx.project.id },
    select: { createdAt: true, definition: true },
  });
  const forms = versions.map(({ createdAt, definition }) => ({
    createdAt,
    definition: answerDefinitionSchema.parse(definition),
  }));
  return readPages(TRUTHS_PER_PAGE, async (after) => {
    const rows = await ctx.db.$queryRaw`
      SELECT ${unitSql}, output.source_probability AS probability, truth.value::text AS truth, output.output::text AS output,
        GREATEST(truth.received_at, output.received_at) AS at
      ${truthsSql(ctx.project.id)} AND output.id > ${after}::uuid ORDER BY output.id LIMIT ${TRUTHS_PER_PAGE}`;
    return z
      .array(truthRow)
      .parse(rows)
      .map((row) => ({ id: row.id, labelled: labelledOutput(row, truthScore(row, forms)) }));
  });
}

function truthScore(
  { truth, output, at }: z.output<typeof truthRow>,
  forms: readonly { createdAt: Date; definition: AnswerDefinition }[],
): number | null {
  const form = schemaInForce(forms, at);
  return form ? (judgeTruth(form.definition, truth, output)?.score ?? null) : null;
}

async function readPages(
  size: number,
  read: (after: string) => Promise<{ id: string; labelled: LabelledOutput }[]>,
): Promise<LabelledOutput[]> {
  const all: LabelledOutput[] = [];
  for (let after = FIRST_ID; ; ) {
    const page = await read(after);
    all.push(...page.map(({ labelled }) => labelled));
    const last = page.at(-1);
    if (!last || page.length < size) return all;
    after = last.id;
  }
}

/** Needs `output` and `epoch`. */
const unitSql = Prisma.sql`
  output.id, output.external_id AS "externalId", (extract(epoch FROM ${instantSql}) * 1000)::double precision AS instant,
  output.phase::text, output.segments, output.cluster, cardinality(output.flags) > 0 AS flagged`;

function labelledOutput(
  row: Omit<z.output<typeof judgedRow>, "id" | "score">,
  score: number | null,
): LabelledOutput {
  const { externalId, instant, phase, segments, cluster, flagged } = row;
  return {
    externalId,
    instant,
    phase,
    segments,
    cluster,
    flagged,
    sourceProbability: row.probability,
    score,
  };
}
