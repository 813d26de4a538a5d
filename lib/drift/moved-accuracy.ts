import * as z from "zod";
import type { Ctx } from "@/lib/core/ctx";
import { groupBy } from "@/lib/core/group-by";
import { Prisma } from "@/lib/db/generated/client";
import { weightedClopperPearson } from "@/lib/stats/weighted-clopper-pearson";
import { binReader, type Feature } from "./feature";
import type { OutputFacts } from "./output-facts";
import { factsRow, storedFacts } from "./stored-facts";

export interface JudgedGroup {
  /** Reviewed outputs behind it. */
  reviews: number;
  /** Null with too few of them. */
  accuracy: { mean: number; low: number; high: number } | null;
}

/** Accuracy of the outputs that fall into some bins of a feature, since it moved and before, and of all others. */
export interface MovedAccuracy {
  moved: JudgedGroup;
  /** The same bins before the move, the pilot included, and all outputs of that time. */
  before: JudgedGroup;
  allBefore: JudgedGroup;
  /** Other bins since the move. */
  rest: JudgedGroup;
}

interface MovedFeature {
  feature: Feature;
  gained: readonly number[];
  since: string;
}

const MOST_JUDGED = 1000;
/** Below, there are counts but no percentage. */
const FEWEST_JUDGED = 5;

const judgedRow = factsRow.extend({ score: z.number(), weight: z.number(), unusual: z.boolean() });

/**
 * Whether the model is worse where a feature has moved: judged outputs since the first of the moves, and from before it, at most the newest
 * thousand of each, divided by the bins that gained. Outputs of one cluster count as one.
 */
export async function movedAccuracy(
  ctx: Pick<Ctx, "db" | "project">,
  asked: readonly MovedFeature[],
  { to, baselineId }: { to: string; baselineId: string },
): Promise<MovedAccuracy[]> {
  const first = asked.map(({ since }) => since).toSorted()[0];
  if (first === undefined) return [];
  const [now, before] = await Promise.all([
    readJudged(
      ctx,
      baselineId,
      Prisma.sql`o.phase = 'PRODUCTION' AND o.day BETWEEN ${first}::date AND ${to}::date`,
    ),
    readJudged(ctx, baselineId, Prisma.sql`o.phase IN ('PILOT', 'PRODUCTION') AND o.day < ${first}::date`),
  ]);
  return asked.map(({ feature, gained, since }) => {
    const read = binReader(feature);
    const bins = new Set(gained);
    const isMoved = ({ facts }: Judged) => bins.has(read(facts));
    const own = now.filter(({ day }) => day >= since);
    return {
      moved: judgedGroup(own.filter(isMoved)),
      before: judgedGroup(before.filter(isMoved)),
      allBefore: judgedGroup(before),
      rest: judgedGroup(own.filter((row) => !isMoved(row))),
    };
  });
}

type Judged = z.output<typeof judgedRow> & { facts: OutputFacts };

async function readJudged(
  { db, project }: Pick<Ctx, "db" | "project">,
  baselineId: string,
  days: Prisma.Sql,
): Promise<Judged[]> {
  // What outputs hold is read of the chosen ones only.
  const rows = await db.$queryRaw`
    SELECT o.id, o.day::text, o.cluster, o.input, o.output, o.confidence, o.extra, o.segments, chosen.score, chosen.weight,
      EXISTS (SELECT 1 FROM unusual_output unusual
        WHERE unusual.project_id = o.project_id AND unusual.baseline_id = ${baselineId}::uuid AND unusual.output_id = o.id) AS unusual
    FROM (SELECT o.id, s.score, GREATEST(1 + o.copies, 1 / se.effective_rate) / o.source_probability AS weight
    FROM output o
    JOIN sample s ON s.project_id = o.project_id AND s.output_id = o.id
    JOIN stratum_epoch se ON se.project_id = o.project_id AND se.epoch_id = o.epoch_id AND se.stratum_id = o.stratum_id
    WHERE o.project_id = ${project.id}::uuid AND ${days}
      AND s.state = 'SETTLED' AND s.score IS NOT NULL AND s.random_number < se.effective_rate
    ORDER BY o.occurred_at DESC LIMIT ${MOST_JUDGED}) chosen
    JOIN output o ON o.project_id = ${project.id}::uuid AND o.id = chosen.id`;
  return z
    .array(judgedRow)
    .parse(rows)
    .map((row) => ({
      ...row,
      facts: { ...storedFacts(row), unusual: row.unusual ? ("yes" as const) : ("no" as const) },
    }));
}

function judgedGroup(rows: readonly Judged[]): JudgedGroup {
  const clusters = [...groupBy(rows, ({ id, cluster }) => cluster ?? id).values()];
  const reviews = rows.length;
  if (clusters.length < FEWEST_JUDGED) return { reviews, accuracy: null };
  const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);
  const interval = weightedClopperPearson({
    correct: clusters.map((own) => sum(own.map(({ score }) => score)) / own.length),
    weights: clusters.map((own) => sum(own.map(({ weight }) => weight))),
  });
  return {
    reviews,
    accuracy: interval && { mean: interval.mean, low: interval.low, high: interval.high },
  };
}
