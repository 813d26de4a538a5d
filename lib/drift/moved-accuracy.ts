import * as z from "zod";
import type { Ctx } from "@/lib/core/ctx";
import { weightedClopperPearson } from "@/lib/stats/weighted-clopper-pearson";
import { binReader, type Feature } from "./feature";
import { factsRow, storedFacts } from "./stored-facts";

export interface GroupAccuracy {
  mean: number;
  low: number;
  high: number;
  /** Reviewed outputs behind it. */
  reviews: number;
}

/** Accuracy of the outputs that fall into some bins of a feature, and of all others. */
export interface MovedAccuracy {
  moved: GroupAccuracy | null;
  rest: GroupAccuracy | null;
}

const MOST_JUDGED = 3000;
/** Below, there are counts but no percentage. */
const FEWEST_JUDGED = 5;

const judgedRow = factsRow.extend({ score: z.number(), weight: z.number() });

/**
 * Whether the model is worse where a feature has moved: the judged production outputs of some days, at most the newest three thousand,
 * divided by the bins that gained. Outputs of one cluster count as one.
 */
export async function movedAccuracy(
  ctx: Pick<Ctx, "db" | "project">,
  asked: readonly { feature: Feature; gained: readonly number[] }[],
  { from, to }: { from: string; to: string },
): Promise<MovedAccuracy[]> {
  if (asked.length === 0) return [];
  const rows = await ctx.db.$queryRaw`
    SELECT o.id, o.day::text, o.cluster, o.input, o.output, o.confidence, o.extra, s.score,
      1 / (se.effective_rate * o.source_probability) AS weight
    FROM output o
    JOIN sample s ON s.project_id = o.project_id AND s.output_id = o.id
    JOIN stratum_epoch se ON se.project_id = o.project_id AND se.epoch_id = o.epoch_id AND se.stratum_id = o.stratum_id
    WHERE o.project_id = ${ctx.project.id}::uuid AND o.phase = 'PRODUCTION' AND o.day BETWEEN ${from}::date AND ${to}::date
      AND s.state = 'SETTLED' AND s.score IS NOT NULL AND s.random_number < se.effective_rate
    ORDER BY o.occurred_at DESC LIMIT ${MOST_JUDGED}`;
  const judged = z
    .array(judgedRow)
    .parse(rows)
    .map((row) => ({ ...row, facts: storedFacts(row) }));
  return asked.map(({ feature, gained }) => {
    const read = binReader(feature);
    const bins = new Set(gained);
    return {
      moved: accuracyOf(judged.filter(({ facts }) => bins.has(read(facts)))),
      rest: accuracyOf(judged.filter(({ facts }) => !bins.has(read(facts)))),
    };
  });
}

function accuracyOf(
  rows: readonly { id: string; cluster: string | null; score: number; weight: number }[],
): GroupAccuracy | null {
  const clusters = new Map<string, { score: number; weight: number; outputs: number }>();
  for (const { id, cluster, score, weight } of rows) {
    const known = clusters.get(cluster ?? id) ?? { score: 0, weight: 0, outputs: 0 };
    known.score += score;
    known.weight += weight;
    known.outputs += 1;
    clusters.set(cluster ?? id, known);
  }
  if (clusters.size < FEWEST_JUDGED) return null;
  const all = [...clusters.values()];
  const interval = weightedClopperPearson({
    correct: all.map(({ score, outputs }) => score / outputs),
    weights: all.map(({ weight }) => weight),
  });
  return interval && { mean: interval.mean, low: interval.low, high: interval.high, reviews: rows.length };
}
