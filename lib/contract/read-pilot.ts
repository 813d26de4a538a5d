import * as z from "zod";
import type { Ctx } from "@/lib/core/ctx";
import type { KeyedFacts } from "./record-facts";

/** As many pilot outputs are looked at; of more, those with the smallest random numbers. */
export const MOST_PILOT = 3_000;
/** As stored: records of a megabyte each would not fit into the memory. */
const MOST_BYTES = 32 * 1024 * 1024;

const json = z.string().transform((text) => JSON.parse(text) as unknown);
const row = z.object({
  key: z.string(),
  input: json,
  output: json,
  truth: json.nullable(),
});

export interface PilotRecords {
  records: KeyedFacts[];
  /** How many pilot outputs there are. */
  all: number;
}

/** The pilot as a contract is inferred from it: the same part each time. */
export async function readPilot({ db, project }: Pick<Ctx, "db" | "project">): Promise<PilotRecords> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT pilot.external_id AS key, pilot.input::text, pilot.output::text,
      (SELECT truth.value::text FROM ground_truth truth
       WHERE truth.project_id = pilot.project_id AND truth.external_id = pilot.external_id LIMIT 1) AS truth
    FROM (
      SELECT project_id, external_id, input, output, random_number, id,
        sum(pg_column_size(input) + pg_column_size(output)) OVER (ORDER BY random_number, id) AS bytes
      FROM (
        SELECT project_id, external_id, input, output, random_number, id FROM output
        WHERE project_id = ${project.id}::uuid AND phase = 'PILOT' ORDER BY random_number, id LIMIT ${MOST_PILOT}) drawn) pilot
    WHERE bytes <= ${MOST_BYTES} ORDER BY pilot.random_number, pilot.id`;
  const records = z
    .array(row)
    .parse(rows)
    .map(
      ({ key, input, output, truth }): KeyedFacts => ({ key, facts: { input, output, ground_truth: truth } }),
    );
  const all = await db.output.count({ where: { projectId: project.id, phase: "PILOT" } });
  return { records, all };
}
