import { groupBy } from "@/lib/core/group-by";
import type { Db } from "@/lib/db/client";
import type { AccuracyEstimate } from "@/lib/estimate/schema";
import { shownEstimate } from "@/lib/estimate/shown-estimate";
import { accuracyFromSums } from "@/lib/stats/accuracy-from-sums";
import { type AccuracySums, emptyAccuracySums } from "@/lib/stats/accuracy-sums";
import type { WeightClass } from "@/lib/stats/evidence-from-counts";
import * as z from "zod";
import { type SegmentPart, segmentParts } from "./segment-part";

/**
 * The labels of one segment in the closed cohorts of some calendar days, both included. Cohorts close in almost any order, so that a
 * stretch of time is not a stretch of their sequence.
 */
export interface LabelWindow extends SegmentPart {
  /** Names the window in the answer. */
  key: string;
  from: string;
  to: string;
}

const unitRow = z.object({
  key: z.string(),
  score: z.number().nullable(),
  weight: z.number(),
  meanWeight: z.number(),
  units: z.number(),
  outputs: z.number(),
});

export interface WindowLabels {
  /** Null without a single label. */
  estimate: AccuracyEstimate | null;
  /** The same observations for the statistics of detection: a cluster weighs what one of its outputs weighs. */
  classes: WeightClass[];
  /** Labelled outputs, and those that nobody could judge. */
  labelled: number;
  unsure: number;
  /** All outputs for which the labelled ones stand. */
  population: number;
}

const NONE: WindowLabels = { estimate: null, classes: [], labelled: 0, unsure: 0, population: 0 };

/**
 * What the labels of closed cohorts say about some segments and stretches of time, weighted by how each was drawn. Outputs of one
 * cluster within a cohort are one observation. One statement for all windows.
 */
export async function readLabelWindows(
  db: Db,
  projectId: string,
  windows: readonly LabelWindow[],
): Promise<(key: string) => WindowLabels> {
  const asked = windows.map(({ key, from, to, ...segment }) => ({
    key,
    first: from,
    last: to,
    segments: Object.fromEntries(segmentParts(segment).map((part) => [part.attribute, part.value])),
  }));
  const rows = await db.$queryRaw`
    WITH label AS (
      SELECT asked.key, cohort.sequence, o.cluster, CASE WHEN o.cluster IS NULL THEN o.id END AS alone, label.score,
        1 / label.inclusion_probability AS weight
      FROM jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) AS asked(key text, segments jsonb, first date, last date)
        JOIN cohort ON cohort.project_id = ${projectId}::uuid AND cohort.day BETWEEN asked.first AND asked.last
        JOIN cohort_label label ON label.project_id = cohort.project_id AND label.epoch_id = cohort.epoch_id
        JOIN output o ON o.project_id = label.project_id AND o.id = label.output_id
      WHERE o.segments @> asked.segments),
    unit AS (
      SELECT key, avg(score) AS score, sum(weight) AS weight, avg(weight) AS mean_weight, count(*)::int AS outputs
      FROM label GROUP BY key, sequence, cluster, alone, score IS NULL)
    SELECT key, score, weight, mean_weight AS "meanWeight", count(*)::int AS units, sum(outputs)::int AS outputs
    FROM unit GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`;
  const byKey = groupBy(z.array(unitRow).parse(rows), (row) => row.key);
  const read = new Map([...byKey].map(([key, own]) => [key, windowLabels(own)]));
  return (key) => read.get(key) ?? NONE;
}

type UnitRow = z.output<typeof unitRow>;

function windowLabels(rows: readonly UnitRow[]): WindowLabels {
  const judged = rows.flatMap(({ score, ...row }) =>
    score === null ? [] : [{ ...row, score: inside(score) }],
  );
  const sums = judged.reduce(addUnits, emptyAccuracySums);
  const { estimate } = accuracyFromSums(sums);
  const largest = judged.reduce((most, { meanWeight }) => Math.max(most, meanWeight), 0);
  const outputs = (of: readonly { outputs: number }[]) => of.reduce((sum, row) => sum + row.outputs, 0);
  return {
    estimate: estimate ? shownEstimate(estimate) : null,
    classes: judged.map(({ score, meanWeight, units }) => ({
      weight: meanWeight / largest,
      error: 1 - score,
      count: units,
    })),
    labelled: outputs(judged),
    unsure: outputs(rows.filter(({ score }) => score === null)),
    population: sums.sumW,
  };
}

function addUnits(sums: AccuracySums, row: { score: number; weight: number; units: number }): AccuracySums {
  const { score: y, weight: w, units } = row;
  return {
    n: sums.n + units,
    sumW: sums.sumW + units * w,
    sumW2: sums.sumW2 + units * w * w,
    sumWY: sums.sumWY + units * w * y,
    sumW2Y: sums.sumW2Y + units * w * w * y,
    sumW2YY: sums.sumW2YY + units * w * w * y * y,
    maxWeight: Math.max(sums.maxWeight, w),
  };
}

/** A mean of labels may leave [0, 1] by rounding. */
function inside(score: number): number {
  return Math.min(1, Math.max(0, score));
}
