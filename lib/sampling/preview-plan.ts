import type { Ctx } from "@/lib/core/ctx";
import * as z from "zod";
import { settingsNumbers } from "./plan-numbers";
import { type PastPart, previewRows } from "./preview-rows";
import type { PlanPreview, PlanSettings } from "./schema";

const HISTORY_DAYS = 28;

const trafficRow = z.object({
  phase: z.enum(["PILOT", "PRODUCTION"]),
  attribute: z.string(),
  value: z.string(),
  flagged: z.boolean(),
  outputs: z.number(),
});
const daysRow = z.object({ phase: z.enum(["PILOT", "PRODUCTION"]), days: z.number() });
const labelRow = z.object({
  value: z.string(),
  flagged: z.boolean(),
  reviewed: z.number(),
  wrong: z.number(),
});

/** What a plan would mean for the traffic of the last four weeks with outputs. Writes nothing. */
export async function previewPlan(ctx: Ctx, settings: PlanSettings): Promise<PlanPreview> {
  const { attribute } = settings;
  const plan = { ...settingsNumbers(settings), attribute };
  const { past, days } = await readPastParts(ctx, attribute);
  return previewRows(plan, past, days);
}

/**
 * Traffic and errors of the last four weeks with outputs, by value of an attribute and flag; of the pilot while there is no
 * production. Days: from the first to the last of them.
 */
export async function readPastParts(
  ctx: Ctx,
  attribute: string | null,
): Promise<{ past: PastPart[]; days: number }> {
  const [traffic, spans] = await Promise.all([readTraffic(ctx, attribute), readDays(ctx)]);
  const span = spans.find(({ phase }) => phase === "PRODUCTION") ?? spans[0];
  if (!span) return { past: [], days: 0 };
  const labels = await readLabels(ctx, attribute, span.phase);
  const ofPhase = traffic.filter(({ phase }) => phase === span.phase);
  const outputs = attribute === null ? ofPhase : withoutAttribute(ofPhase);
  const past = outputs.map(({ value, flagged, outputs: count }): PastPart => {
    const known = labels.find((label) => label.value === value && label.flagged === flagged);
    return {
      value,
      flagged,
      outputsPerDay: count / span.days,
      reviewed: known?.reviewed ?? 0,
      wrong: known?.wrong ?? 0,
    };
  });
  return { past, days: span.days };
}

type Traffic = z.output<typeof trafficRow>;

/** The values of the attribute, and as the value "" what does not carry it. */
function withoutAttribute(rows: readonly Traffic[]): Traffic[] {
  const values = rows.filter((row) => row.attribute !== "");
  const rest = rows
    .filter((row) => row.attribute === "")
    .map((all) => {
      const carried = values
        .filter(({ flagged }) => flagged === all.flagged)
        .reduce((sum, row) => sum + row.outputs, 0);
      return { ...all, outputs: all.outputs - carried };
    });
  return [...values, ...rest.filter((row) => row.outputs > 0)];
}

async function readTraffic(ctx: Ctx, attribute: string | null): Promise<Traffic[]> {
  const projectId = ctx.project.id;
  const rows = await ctx.db.$queryRaw`
    WITH recent AS (
      SELECT id FROM epoch WHERE project_id = ${projectId}::uuid AND starts_at > (
        SELECT max(starts_at) FROM epoch WHERE project_id = ${projectId}::uuid) - ${HISTORY_DAYS} * interval '1 day'
    ), counted AS (
      SELECT stratum_id, attribute, value, outputs FROM population_count
      WHERE project_id = ${projectId}::uuid AND epoch_id IN (SELECT id FROM recent) AND attribute IN ('', ${attribute ?? ""})
      UNION ALL
      SELECT stratum_id, attribute, value, outputs FROM population_delta
      WHERE project_id = ${projectId}::uuid AND epoch_id IN (SELECT id FROM recent) AND attribute IN ('', ${attribute ?? ""})
    )
    SELECT stratum.phase::text, counted.attribute, counted.value, stratum.flagged, sum(outputs)::double precision AS outputs
    FROM counted JOIN stratum ON stratum.project_id = ${projectId}::uuid AND stratum.id = counted.stratum_id
    WHERE stratum.attribute <> '$truth' AND stratum.phase <> 'HELD'
    GROUP BY 1, 2, 3, 4`;
  return z.array(trafficRow).parse(rows);
}

/** Days from the first to the last recent epoch with outputs of a phase. */
async function readDays(ctx: Ctx): Promise<z.output<typeof daysRow>[]> {
  const projectId = ctx.project.id;
  const rows = await ctx.db.$queryRaw`
    WITH seen AS (
      SELECT stratum.phase, epoch.starts_at FROM stratum_epoch opened
      JOIN epoch ON epoch.project_id = opened.project_id AND epoch.id = opened.epoch_id
      JOIN stratum ON stratum.project_id = opened.project_id AND stratum.id = opened.stratum_id
      WHERE opened.project_id = ${projectId}::uuid AND stratum.attribute <> '$truth' AND stratum.phase <> 'HELD' AND (
        EXISTS (SELECT 1 FROM population_count counted WHERE counted.project_id = opened.project_id
          AND counted.epoch_id = opened.epoch_id AND counted.stratum_id = opened.stratum_id)
        OR EXISTS (SELECT 1 FROM population_delta counted WHERE counted.project_id = opened.project_id
          AND counted.epoch_id = opened.epoch_id AND counted.stratum_id = opened.stratum_id))
        AND epoch.starts_at > (SELECT max(starts_at) FROM epoch WHERE project_id = ${projectId}::uuid)
          - ${HISTORY_DAYS} * interval '1 day'
    )
    SELECT phase::text, (extract(epoch FROM max(starts_at) - min(starts_at)) / 86400)::int + 1 AS days FROM seen GROUP BY 1`;
  return z.array(daysRow).parse(rows);
}

async function readLabels(ctx: Ctx, attribute: string | null, phase: string) {
  const rows = await ctx.db.$queryRaw`
    SELECT cell.value, stratum.flagged, sum(observations)::double precision AS reviewed,
      sum(observations * (1 - sum_weight_score / sum_weight)) AS wrong
    FROM estimate_cell cell JOIN stratum ON stratum.project_id = cell.project_id AND stratum.id = cell.stratum_id
    WHERE cell.project_id = ${ctx.project.id}::uuid AND period_kind = 'MONTH' AND cell.attribute = ${attribute ?? ""}
      AND cell.phase = ${phase}::phase AND sum_weight > 0
    GROUP BY 1, 2`;
  return z.array(labelRow).parse(rows);
}
