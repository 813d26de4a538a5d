import * as z from "zod";
import type { Ctx } from "@/lib/core/ctx";
import type { ReadBaseline } from "./baseline-json";
import { featureLabel } from "./bin-words";
import { UNUSUAL_PATH } from "./output-facts";
import type { DriftView } from "./schema";
import { checkMarkedShare } from "./score-typicality";

const NEWEST = 10;

const contribution = z.object({
  paths: z.array(z.string()),
  surprise: z.number(),
  observed: z.array(z.string()),
});
const unusualRow = z.object({
  outputId: z.uuid(),
  reference: z.string(),
  day: z.iso.date(),
  rank: z.number(),
  contributions: z.array(contribution),
});
const totalsRow = z.object({
  marked: z.coerce.number(),
  calmMarked: z.coerce.number(),
  calmOutputs: z.coerce.number(),
});

/** The newest outputs out of the ordinary, and whether the score keeps its promise on days on which nothing had moved. */
export async function readUnusual(
  { db, project }: Pick<Ctx, "db" | "project">,
  baseline: ReadBaseline,
  { from, to, withPayload }: { from: string; to: string; withPayload: boolean },
): Promise<DriftView["unusual"]> {
  // That many outputs are unusual is what is asked: it makes no day restless by itself.
  const itself = baseline.features.findIndex(({ path }) => path === UNUSUAL_PATH);
  if (!baseline.typicality.on)
    return { on: false, holds: true, sentence: baseline.typicality.sentence, marked: 0, outputs: [] };
  const [rows, totals] = await Promise.all([
    db.$queryRaw`
      SELECT unusual.output_id AS "outputId", output.external_id AS reference, unusual.day::text, rank, contributions
      FROM unusual_output unusual
      JOIN output ON output.project_id = unusual.project_id AND output.id = unusual.output_id
      WHERE unusual.project_id = ${project.id}::uuid AND unusual.baseline_id = ${baseline.id}::uuid
        AND unusual.day BETWEEN ${from}::date AND ${to}::date
      ORDER BY unusual.day DESC, rank, output_id LIMIT ${NEWEST}`,
    db.$queryRaw`
      WITH restless AS MATERIALIZED (
        SELECT from_day, to_day FROM drift_window WHERE project_id = ${project.id}::uuid AND baseline_id = ${baseline.id}::uuid
          AND feature <> ${itself} AND state ->> 'movedSince' IS NOT NULL)
      SELECT COALESCE(sum(unusual) FILTER (WHERE day BETWEEN ${from}::date AND ${to}::date), 0) AS marked,
        COALESCE(sum(unusual) FILTER (WHERE calm), 0) AS "calmMarked",
        COALESCE(sum(outputs) FILTER (WHERE calm), 0) AS "calmOutputs"
      FROM (SELECT day, unusual, outputs, evaluated AND NOT EXISTS (
          SELECT 1 FROM restless WHERE restless.to_day >= input_day.day AND restless.from_day <= input_day.day) AS calm
        FROM input_day WHERE project_id = ${project.id}::uuid AND baseline_id = ${baseline.id}::uuid) days`,
  ]);
  const [sums] = z.tuple([totalsRow]).parse(totals);
  const check = checkMarkedShare(sums.calmMarked, sums.calmOutputs);
  return {
    on: true,
    holds: check?.holds ?? true,
    sentence:
      check?.sentence ??
      "If outputs still come as in the pilot, at most 1 % is marked. Whether that holds is told after 1,000 outputs on days on which no field had moved.",
    marked: sums.marked,
    outputs: z
      .array(unusualRow)
      .parse(rows)
      .map(({ rank, contributions, ...output }) => ({
        ...output,
        oneIn: Math.round(1 / rank),
        contributions: contributions.map(({ paths, observed }) => ({
          label: paths.map((path) => featureLabel({ path, measure: "value" })).join(" with "),
          observed: withPayload ? observed.join(", ") : null,
        })),
      })),
  };
}
