import * as z from "zod";

import type { Ctx } from "@/lib/core/ctx";

const MOST_SEGMENTS = 300;

export interface OutputFilterOptions {
  /** The busiest segment values, by attribute. */
  segments: { attribute: string; value: string }[];
  versions: string[];
  flags: string[];
}

const segmentRows = z.array(z.object({ attribute: z.string(), value: z.string() }));
const textRows = z.array(z.object({ text: z.string() }));

/** What the filters of the outputs page offer: what really occurs in this project. */
export async function outputFilterOptions(ctx: Ctx): Promise<OutputFilterOptions> {
  const projectId = ctx.project.id;
  const segments = await ctx.db.$queryRaw`
    SELECT attribute, value FROM (
      SELECT attribute, value, sum(population) AS population FROM estimate_cell
      WHERE project_id = ${projectId}::uuid AND period_kind = 'MONTH' AND attribute <> ''
      GROUP BY attribute, value ORDER BY population DESC LIMIT ${MOST_SEGMENTS}
    ) AS busiest ORDER BY attribute, population DESC`;
  const versions = await ctx.db.$queryRaw`
    SELECT DISTINCT model_version AS text FROM release WHERE project_id = ${projectId}::uuid ORDER BY 1 DESC LIMIT 100`;
  // Flags are few and recent ones are what is looked for: the newest 2,000 outputs are enough.
  const flags = await ctx.db.$queryRaw`
    SELECT DISTINCT unnest(flags) AS text FROM (
      SELECT flags FROM output WHERE project_id = ${projectId}::uuid ORDER BY occurred_at DESC LIMIT 2000
    ) AS recent ORDER BY 1`;
  return {
    segments: segmentRows.parse(segments),
    versions: textRows.parse(versions).map((row) => row.text),
    flags: textRows.parse(flags).map((row) => row.text),
  };
}
