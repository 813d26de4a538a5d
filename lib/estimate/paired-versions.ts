import * as z from "zod";

import type { Ctx } from "@/lib/core/ctx";
import { pairedDifference } from "@/lib/stats/paired-difference";
import type { Days } from "./last-days";
import type { PairedVersions } from "./version-schema";

/** Fewer pairs are no finding. */
const FEWEST = 20;
/** A score of half and more counts as right where pairs are only counted. */
const RIGHT = 0.5;

const pairRow = z.object({ earlier: z.number(), later: z.number(), weight: z.number() });

/**
 * Inputs that both versions answered (a canary, a shadow run, a replay) and that were judged for both: the same input as a JSON value,
 * of each version its newest judged output. Null when there is none.
 */
export async function pairedVersions(
  { db, project }: Ctx,
  versions: { earlier: string; later: string },
  { from, to }: Days,
): Promise<PairedVersions | null> {
  const rows = await db.$queryRaw`
    WITH judged AS MATERIALIZED (
      SELECT output.model_version AS version, output.input, output.occurred_at, output.id, sample.score,
        (1 + output.copies) / (LEAST(1, opened.effective_rate * (1 + output.copies)) * output.source_probability) AS weight
      FROM sample JOIN stratum_epoch opened USING (project_id, epoch_id, stratum_id)
      JOIN output ON output.project_id = sample.project_id AND output.id = sample.output_id
      WHERE sample.project_id = ${project.id}::uuid AND sample.state = 'SETTLED' AND sample.random_number < opened.effective_rate
        AND output.phase = 'PRODUCTION' AND output.model_version IN (${versions.earlier}, ${versions.later})
        AND output.day BETWEEN ${from}::date AND ${to}::date
    ),
    hashed AS MATERIALIZED (
      SELECT version, jsonb_hash_extended(input, 0) AS digest, input, occurred_at, id, score, weight FROM judged
    ),
    shared AS (SELECT digest FROM hashed GROUP BY 1 HAVING min(version) <> max(version)),
    newest AS (
      SELECT DISTINCT ON (version, input) version, digest, input, score, weight
      FROM hashed JOIN shared USING (digest) ORDER BY version, input, occurred_at DESC, id
    )
    SELECT one.score AS earlier, two.score AS later, one.weight * two.weight AS weight
    FROM newest one JOIN newest two USING (digest, input)
    WHERE one.version = ${versions.earlier} AND two.version = ${versions.later}`;
  const pairs = z.array(pairRow).parse(rows);
  const found = pairedDifference(pairs);
  if (!found) return null;
  const count = (earlierRight: boolean, laterRight: boolean) =>
    pairs.filter(({ earlier, later }) => earlier >= RIGHT === earlierRight && later >= RIGHT === laterRight)
      .length;
  const { n, difference, low, high } = found;
  return {
    pairs: n,
    both_right: count(true, true),
    only_earlier_right: count(true, false),
    only_later_right: count(false, true),
    both_wrong: count(false, false),
    earlier: found.earlier,
    later: found.later,
    difference: n >= FEWEST ? { difference, low, high } : null,
  };
}
