import * as z from "zod";
import { COMES_BACK_AT } from "@/lib/contract/dismiss-suggestion";
import { loosenRules, type RuleChange } from "@/lib/contract/loosen-rules";
import { type ContractDefinition, contractDefinitionSchema } from "@/lib/contract/schema";
import { shapeSignature } from "@/lib/contract/shape";
import { type Suggestion, SUGGESTION_STANDINGS, type Suggestions } from "@/lib/contract/suggestion-schema";
import type { Ctx } from "@/lib/core/ctx";
import { groupBy } from "@/lib/core/group-by";
import { addDays } from "@/lib/estimate/period";
import { weightedClopperPearson } from "@/lib/stats/weighted-clopper-pearson";
import {
  CONFIDENCE,
  LEAST_DAYS,
  LEAST_RECORDS,
  type ReviewedGroup,
  STILL_DAYS,
  suggestionStanding,
} from "./suggestion-standing";

const DAYS = 28;
const MOST_SHOWN = 10;
/** Of very many outputs with reasons the newest. */
const MOST_REASONED = 50_000;
const MOST_JUDGED = 3_000;
const FEWEST_JUDGED = 5;
/** What may become part of a contract when it stays: new values, types, forms and missing fields. */
const CODES = [
  "VALUE_UNSEEN_CATEGORY",
  "VALUE_UNSEEN_LABEL",
  "TYPE_MISMATCH",
  "TYPE_COERCIBLE",
  "FIELD_MISSING_REQUIRED",
  "FIELD_NULL_REQUIRED",
  "FORMAT_NEW_PATTERN",
  "STRUCT_UNSEEN_SHAPE",
];
const VALUES = new Set(["VALUE_UNSEEN_CATEGORY", "VALUE_UNSEEN_LABEL"]);

const observed = z.union([z.string(), z.number(), z.boolean()]).nullable();
const freshRow = z.object({
  code: z.string(),
  path: z.string(),
  value: observed,
  examples: z.array(observed),
  records: z.number(),
  alone: z.number(),
  since: z.iso.date(),
  last: z.iso.date(),
  days: z.number(),
});
type Fresh = z.output<typeof freshRow>;
const extentRow = z.object({ to: z.iso.date().nullable(), records: z.number() });

type Reader = Pick<Ctx, "db" | "project">;

/**
 * What is new since the contract in force, and stays: seen on seven days and thirty outputs of the last four weeks, and still coming. Each
 * with how it would change the contract, and with what reviewers say about such outputs. Dismissed ones come back when they have doubled.
 */
export async function suggestRevisions(ctx: Reader): Promise<Suggestions> {
  const nothing = { from: null, to: null, suggestions: [] };
  const newest = await ctx.db.contract.findFirst({
    where: { projectId: ctx.project.id },
    orderBy: { version: "desc" },
  });
  if (!newest) return nothing;
  const to = await newestDay(ctx);
  if (to === null) return nothing;
  const from = addDays(to, 1 - DAYS);
  const definition = contractDefinitionSchema.parse(newest.definition);
  const [outputs, fresh, dismissed, judged] = await Promise.all([
    countOutputs(ctx, from, to),
    readFresh(ctx, from, to),
    ctx.db.suggestionDismissal.findMany({ where: { projectId: ctx.project.id } }),
    readJudged(ctx, from, to),
  ]);
  const shapes = fresh.some(({ code }) => code === "STRUCT_UNSEEN_SHAPE")
    ? await readNewShapes(ctx, from, to)
    : new Map<string, string[]>();
  const shareThen = new Map(dismissed.map(({ key, share }) => [key, share]));
  const suggestions = fresh.flatMap((each): Suggestion[] => {
    const share = each.records / Math.max(1, outputs);
    const then = shareThen.get(keyOf(each));
    if (then !== undefined && share < COMES_BACK_AT * then) return [];
    const change = changeFor(definition, each, shapes.get(each.path) ?? []);
    if (!change) return [];
    return [{ ...evidenceOf(each, judged), share, unflagged: each.alone / Math.max(1, outputs), ...change }];
  });
  const order = (each: Suggestion) => SUGGESTION_STANDINGS.indexOf(each.standing);
  return {
    from,
    to,
    suggestions: suggestions
      .toSorted((a, b) => order(a) - order(b) || b.records - a.records)
      .slice(0, MOST_SHOWN),
  };
}

/** How the contract would have to change; undefined where it needs not. */
function changeFor(
  definition: ContractDefinition,
  { code, path, value, examples, records }: Fresh,
  shapes: readonly string[],
): RuleChange | undefined {
  const observed = (value === null ? examples : [value]).map((each) => ({ value: each, records }));
  return loosenRules(definition, [{ code, path, observed, shapes }]).changes[0];
}

function evidenceOf(each: Fresh, judged: readonly Judged[]) {
  const [group, rest] = reviewedGroups(judged, each);
  const { code, path, value, records, since, last, days } = each;
  return {
    key: keyOf(each),
    code,
    path,
    value: value === null ? null : String(value),
    records,
    since,
    last,
    days,
    ...suggestionStanding(group, rest),
    reviews: group.reviews,
    accuracy: group.accuracy,
    rest_reviews: rest.reviews,
    rest: rest.accuracy,
  };
}

function keyOf({ code, path, value }: Pick<Fresh, "code" | "path" | "value">): string {
  return value === null ? `${code} ${path}` : `${code} ${path} ${String(value)}`;
}

async function newestDay({ db, project }: Reader): Promise<string | null> {
  const newest = await db.output.findFirst({
    where: { projectId: project.id, phase: "PRODUCTION" },
    orderBy: { day: "desc" },
    select: { day: true },
  });
  return newest?.day.toISOString().slice(0, 10) ?? null;
}

async function countOutputs({ db, project }: Reader, from: string, to: string): Promise<number> {
  const rows = await db.$queryRaw`
    SELECT NULL AS to, count(*)::int AS records FROM output
    WHERE project_id = ${project.id}::uuid AND phase = 'PRODUCTION' AND day BETWEEN ${from}::date AND ${to}::date`;
  return z.tuple([extentRow]).parse(rows)[0].records;
}

async function readFresh({ db, project }: Reader, from: string, to: string): Promise<Fresh[]> {
  const rows = await db.$queryRaw`
    SELECT code, path, value, (array_agg(DISTINCT observed) FILTER (WHERE observed IS NOT NULL))[1:20] AS examples,
      count(DISTINCT id)::int AS records, count(DISTINCT id) FILTER (WHERE cardinality(flags) = 1)::int AS alone,
      min(day)::text AS since, max(day)::text AS last, count(DISTINCT day)::int AS days
    FROM (
      SELECT newest.id, newest.day, newest.flags, reason ->> 'code' AS code, reason ->> 'path' AS path,
        CASE WHEN reason ->> 'code' = ANY(${[...VALUES]}::text[]) THEN reason -> 'observed' END AS value,
        reason -> 'observed' AS observed
      FROM (SELECT id, day, flags, reasons FROM output
        WHERE project_id = ${project.id}::uuid AND phase = 'PRODUCTION' AND day BETWEEN ${from}::date AND ${to}::date
          AND reasons IS NOT NULL ORDER BY day DESC, id DESC LIMIT ${MOST_REASONED}) newest
      CROSS JOIN LATERAL jsonb_array_elements(newest.reasons) reason
      WHERE reason ->> 'code' = ANY(${CODES}::text[])) found
    GROUP BY code, path, value
    HAVING count(DISTINCT id) >= ${LEAST_RECORDS} AND count(DISTINCT day) >= ${LEAST_DAYS}
      AND max(day) > ${to}::date - ${STILL_DAYS}::int
    ORDER BY count(DISTINCT id) DESC, code, path LIMIT 50`;
  return z
    .array(
      freshRow.extend({
        examples: z
          .array(observed)
          .nullable()
          .transform((each) => each ?? []),
      }),
    )
    .parse(rows);
}

const judgedRow = z.object({
  id: z.uuid(),
  cluster: z.string().nullable(),
  reasons: z
    .array(z.object({ code: z.string(), path: z.string(), observed: observed.optional() }))
    .nullable(),
  score: z.number(),
  weight: z.number(),
});
type Judged = z.output<typeof judgedRow>;

async function readJudged({ db, project }: Reader, from: string, to: string): Promise<Judged[]> {
  const rows = await db.$queryRaw`
    SELECT o.id, o.cluster, o.reasons, s.score, 1 / (se.effective_rate * o.source_probability) AS weight
    FROM output o
    JOIN sample s ON s.project_id = o.project_id AND s.output_id = o.id
    JOIN stratum_epoch se ON se.project_id = o.project_id AND se.epoch_id = o.epoch_id AND se.stratum_id = o.stratum_id
    WHERE o.project_id = ${project.id}::uuid AND o.phase = 'PRODUCTION' AND o.day BETWEEN ${from}::date AND ${to}::date
      AND s.state = 'SETTLED' AND s.score IS NOT NULL AND s.random_number < se.effective_rate
    ORDER BY o.occurred_at DESC LIMIT ${MOST_JUDGED}`;
  return z.array(judgedRow).parse(rows);
}

function reviewedGroups(judged: readonly Judged[], fresh: Fresh): [ReviewedGroup, ReviewedGroup] {
  const has = ({ reasons }: Judged) =>
    (reasons ?? []).some(
      ({ code, path, observed: value }) =>
        code === fresh.code && path === fresh.path && (fresh.value === null || value === fresh.value),
    );
  return [reviewedGroup(judged.filter(has)), reviewedGroup(judged.filter((row) => !has(row)))];
}

/** Outputs of one cluster count as one. */
function reviewedGroup(rows: readonly Judged[]): ReviewedGroup {
  const clusters = [...groupBy(rows, ({ id, cluster }) => cluster ?? id).values()];
  if (clusters.length < FEWEST_JUDGED) return { reviews: rows.length, accuracy: null };
  const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);
  const interval = weightedClopperPearson(
    {
      correct: clusters.map((own) => sum(own.map(({ score }) => score)) / own.length),
      weights: clusters.map((own) => sum(own.map(({ weight }) => weight))),
    },
    CONFIDENCE,
  );
  return {
    reviews: rows.length,
    accuracy: interval && { mean: interval.mean, low: interval.low, high: interval.high },
  };
}

const shapedRow = z.object({ path: z.string(), value: z.unknown() });

async function readNewShapes({ db, project }: Reader, from: string, to: string) {
  const rows = await db.$queryRaw`
    SELECT reason ->> 'path' AS path, CASE reason ->> 'path' WHEN '/input' THEN input WHEN '/output' THEN output END AS value
    FROM output CROSS JOIN LATERAL jsonb_array_elements(reasons) reason
    WHERE project_id = ${project.id}::uuid AND phase = 'PRODUCTION' AND day BETWEEN ${from}::date AND ${to}::date
      AND flags @> ARRAY['STRUCT_UNSEEN_SHAPE']::text[] AND reason ->> 'code' = 'STRUCT_UNSEEN_SHAPE' LIMIT 500`;
  const shapes = new Map<string, string[]>();
  for (const { path, value } of z.array(shapedRow).parse(rows)) {
    const shape = shapeSignature(value);
    const known = shapes.get(path) ?? [];
    if (!known.includes(shape) && known.length < 20) shapes.set(path, [...known, shape]);
  }
  return shapes;
}
