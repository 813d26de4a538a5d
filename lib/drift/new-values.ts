import * as z from "zod";
import type { Ctx } from "@/lib/core/ctx";
import { binReader, categoryName, type Feature, specialBins } from "./feature";
import { pathReader } from "./output-facts";
import type { ShownFeature } from "./schema";
import { factsRow, storedFacts } from "./stored-facts";

const NEWEST = 500;
const MOST_SHOWN = 5;

/** The values that the pilot never had, among the newest five hundred outputs of some days, per feature. */
export async function readNewValues(
  { db, project }: Pick<Ctx, "db" | "project">,
  features: readonly Feature[],
  { from, to }: { from: string; to: string },
): Promise<ShownFeature["newValues"][]> {
  if (!features.some(({ bins }) => bins.kind === "category")) return features.map(() => []);
  const rows = await db.$queryRaw`
    SELECT id, day::text, cluster, input, output, confidence, extra, segments FROM output
    WHERE project_id = ${project.id}::uuid AND phase = 'PRODUCTION' AND day BETWEEN ${from}::date AND ${to}::date
      AND occurred_at >= (${from}::date - 1)::timestamp AT TIME ZONE 'UTC'
    ORDER BY occurred_at DESC LIMIT ${NEWEST}`;
  const outputs = z.array(factsRow).parse(rows).map(storedFacts);
  return features.map((feature) => {
    const { fresh } = specialBins(feature.bins);
    if (fresh === null) return [];
    const [bin, value] = [binReader(feature), pathReader(feature.path)];
    const counts = new Map<string, number>();
    for (const facts of outputs) {
      const name = bin(facts) === fresh ? categoryName(value(facts)) : undefined;
      if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    return [...counts]
      .toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
      .slice(0, MOST_SHOWN)
      .map(([name, count]) => ({ value: name, outputs: count, field: `${feature.path} = ${name}` }));
  });
}
