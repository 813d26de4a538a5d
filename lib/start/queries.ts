import * as z from "zod";
import type { Ctx } from "@/lib/core/ctx";
import { START_STEPS, type StartStep } from "./schema";

const factsRow = z.object({
  answerForms: z.number(),
  keys: z.number(),
  people: z.number(),
  links: z.number(),
  reviews: z.number(),
  planVersion: z.number(),
  waiting: z.number(),
});

export interface StartFacts extends z.output<typeof factsRow> {
  /** What somebody pasted, as it was; empty before. */
  sample: unknown[];
  settled: ReadonlySet<StartStep>;
}

/** How far the set-up is. Keys count while they work; people beside oneself, who may review; links that nobody has used yet. */
export async function readStart(ctx: Ctx): Promise<StartFacts> {
  const { id: projectId } = ctx.project;
  const own = ctx.actor.kind === "user" ? ctx.actor.userId : null;
  const [start, rows] = await Promise.all([
    ctx.db.projectStart.findUnique({ where: { projectId } }),
    ctx.db.$queryRaw`
      SELECT
        (SELECT count(*)::int FROM answer_schema WHERE project_id = ${projectId}::uuid) AS "answerForms",
        (SELECT count(*)::int FROM api_key WHERE project_id = ${projectId}::uuid AND revoked_at IS NULL
          AND (expires_at IS NULL OR expires_at > ${ctx.now}) AND 'outputs:write' = ANY (scopes)) AS keys,
        (SELECT count(*)::int FROM membership WHERE project_id = ${projectId}::uuid AND role <> 'VIEWER'
          AND user_id IS DISTINCT FROM ${own}::uuid) AS people,
        (SELECT count(*)::int FROM invite WHERE project_id = ${projectId}::uuid AND used_at IS NULL
          AND revoked_at IS NULL AND expires_at > ${ctx.now}) AS links,
        (SELECT count(*)::int FROM (SELECT 1 FROM sample WHERE project_id = ${projectId}::uuid AND state = 'SETTLED'
          LIMIT 1000) judged) AS reviews,
        (SELECT max(version)::int FROM sampling_plan WHERE project_id = ${projectId}::uuid) AS "planVersion",
        (SELECT count(DISTINCT output_id)::int FROM (SELECT output_id FROM review_slot WHERE project_id = ${projectId}::uuid
          AND state = 'OPEN' AND occasion = 0 LIMIT 1000) open) AS waiting`,
  ]);
  const known = new Set<string>(START_STEPS);
  return {
    ...z.tuple([factsRow]).parse(rows)[0],
    sample: start?.sample ? z.array(z.unknown()).parse(JSON.parse(start.sample)) : [],
    settled: new Set((start?.settled ?? []).filter((step): step is StartStep => known.has(step))),
  };
}

const arrivedRow = z.object({
  externalId: z.string(),
  receivedAt: z.date(),
  segments: z.record(z.string(), z.string()),
});
export type ArrivedOutput = z.output<typeof arrivedRow>;

/** What was taken last. */
export async function newestOutputs(ctx: Ctx, limit: number): Promise<ArrivedOutput[]> {
  const rows = await ctx.db.$queryRaw<unknown[]>`
    SELECT external_id AS "externalId", received_at AS "receivedAt", segments
    FROM output WHERE project_id = ${ctx.project.id}::uuid AND phase <> 'HELD'
    ORDER BY id DESC LIMIT ${limit}`;
  return z.array(arrivedRow).parse(rows);
}
