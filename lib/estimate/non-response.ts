import type { Ctx } from "@/lib/core/ctx";
import { groupBy } from "@/lib/core/group-by";
import * as z from "zod";
import { cellEstimate, type StratumCell } from "./cell-estimate";
import type { NonResponse } from "./measurement-schema";
import { readCells } from "./read-cells";
import { shownEstimate } from "./shown-estimate";

const countsRow = z.object({
  stratumId: z.string(),
  attribute: z.string(),
  value: z.string(),
  flagged: z.boolean(),
  judged: z.number(),
  cannotJudge: z.number(),
  handedOn: z.number(),
  expired: z.number(),
  waiting: z.number(),
});
type Counts = z.output<typeof countsRow>;

/**
 * What nobody could or would judge, by stratum of the production outputs of some days, with what it leaves open. Expired and waiting are
 * only samples that the plan counts on: beyond its target lies a reserve that nobody misses.
 */
export async function nonResponse(
  ctx: Ctx,
  { from, to }: { from: string; to: string },
): Promise<NonResponse> {
  const { db, project } = ctx;
  const [counts, cells] = await Promise.all([
    readCounts(ctx, from, to),
    readCells(db, project.id, {
      phase: "PRODUCTION",
      period: "day",
      from,
      to,
      segments: [{ attribute: "", value: "" }],
      joined: true,
    }),
  ]);
  const byStratum = groupBy(
    cells.map(({ cell }) => cell),
    (cell) => cell.stratumId,
  );
  const strata = [...byStratum].map(([id, own]) => {
    const found = counts.find(({ stratumId }) => stratumId === id);
    return { ...shownCounts(found ? [found] : []), ...placeOf(found), ...estimateOf(own) };
  });
  const open = (row: (typeof strata)[number]) => row.estimate?.unsure_share ?? 0;
  return {
    from,
    to,
    total: { ...shownCounts(counts), ...estimateOf(cells.map(({ cell }) => cell)) },
    strata: strata.sort((a, b) => open(b) - open(a) || b.population - a.population),
  };
}

async function readCounts({ db, project }: Ctx, from: string, to: string): Promise<Counts[]> {
  const rows = await db.$queryRaw`
    SELECT stratum.id AS "stratumId", stratum.attribute, stratum.value, stratum.flagged,
      count(*) FILTER (WHERE served AND sample.state = 'SETTLED')::int AS judged,
      count(*) FILTER (WHERE served AND sample.state = 'UNSURE' AND sample.verdict = 'CANNOT_JUDGE')::int AS "cannotJudge",
      count(*) FILTER (WHERE served AND sample.state = 'UNSURE' AND sample.verdict IS NULL)::int AS "handedOn",
      count(*) FILTER (WHERE planned AND sample.state = 'WITHDRAWN')::int AS expired,
      count(*) FILTER (WHERE planned AND sample.state = 'QUEUED')::int AS waiting
    FROM sample
    JOIN output ON output.project_id = sample.project_id AND output.id = sample.output_id AND output.phase = 'PRODUCTION'
      AND output.day BETWEEN ${from}::date AND ${to}::date
    JOIN stratum_epoch opened ON opened.project_id = sample.project_id AND opened.epoch_id = sample.epoch_id
      AND opened.stratum_id = sample.stratum_id
    JOIN stratum ON stratum.project_id = sample.project_id AND stratum.id = sample.stratum_id
    CROSS JOIN LATERAL (SELECT sample.random_number < opened.effective_rate AS served,
      sample.random_number < opened.target / GREATEST(opened.population, 1) AS planned) place
    WHERE sample.project_id = ${project.id}::uuid
    GROUP BY 1, 2, 3, 4`;
  return z.array(countsRow).parse(rows);
}

function shownCounts(counts: readonly Counts[]) {
  const sum = (of: (row: Counts) => number) => counts.reduce((total, row) => total + of(row), 0);
  return {
    judged: sum((row) => row.judged),
    cannot_judge: sum((row) => row.cannotJudge),
    handed_on: sum((row) => row.handedOn),
    expired: sum((row) => row.expired),
    waiting: sum((row) => row.waiting),
  };
}

function placeOf(found: Counts | undefined) {
  return { attribute: found?.attribute ?? "", value: found?.value ?? "", flagged: found?.flagged ?? false };
}

function estimateOf(cells: readonly StratumCell[]) {
  const { estimate, population } = cellEstimate(cells);
  return { population, estimate: estimate && shownEstimate(estimate) };
}
