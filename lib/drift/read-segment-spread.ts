import * as z from "zod";
import type { Ctx } from "@/lib/core/ctx";
import { OTHER_VALUE } from "@/lib/core/segment-value";
import type { LookedFinding } from "./keep-findings";
import { judgeSpread } from "./segment-spread";

const EXAMPLES = 5;
const MOST_ATTRIBUTES = 20;
const LONGEST_EXAMPLE = 100;

const spreadRow = z.object({
  attribute: z.string(),
  values: z.number(),
  since: z.date(),
  examples: z.array(z.string()),
});

/** Attributes with more different values within the newest two days than anybody can look at, most first. */
export async function readSegmentSpread({
  db,
  project,
}: Pick<Ctx, "db" | "project">): Promise<LookedFinding[]> {
  const rows = await db.$queryRaw`
    WITH recent AS (
      SELECT id FROM epoch WHERE project_id = ${project.id}::uuid ORDER BY starts_at DESC LIMIT 8),
    counted AS (
      SELECT attribute, value, min(day) AS day FROM population_count
      WHERE project_id = ${project.id}::uuid AND epoch_id IN (SELECT id FROM recent) AND attribute <> '' AND value <> ${OTHER_VALUE} AND outputs > 0
        AND day > (SELECT max(day) - 2 FROM population_count WHERE project_id = ${project.id}::uuid
          AND epoch_id IN (SELECT id FROM recent))
      GROUP BY 1, 2)
    SELECT attribute, count(*)::int AS values, min(day)::timestamp AT TIME ZONE ${project.timeZone} AS since,
      (array_agg(left(value, ${LONGEST_EXAMPLE}::int) ORDER BY value))[1:${EXAMPLES}::int] AS examples
    FROM counted GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${MOST_ATTRIBUTES}`;
  return z
    .array(spreadRow)
    .parse(rows)
    .flatMap(({ attribute, values, since, examples }): LookedFinding[] => {
      const state = judgeSpread(values);
      if (state === "normal") return [];
      return [
        {
          code: "W_SEGMENT_VALUES",
          subject: attribute,
          state: state === "exploded" ? "clear" : "unclear",
          since,
          facts: { kind: "segments", values, examples },
        },
      ];
    });
}
