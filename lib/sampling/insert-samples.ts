import type { ClientBase } from "pg";

import { newId } from "@/lib/core/id";
import { orderKey } from "./order-key";

/** An output that this transaction has just stored. */
export interface PlacedOutput {
  outputId: string;
  epochId: string;
  stratumId: string;
  randomNumber: number;
  secondLook: boolean;
  /** Label of a pilot output whose truth came with it: no reviewer is needed. */
  settled: { score: number; verdict: "CORRECT" | "INCORRECT" } | null;
}

/**
 * Makes samples and review slots of those among the transaction's NEW outputs (pass all of them, sampled or not) that the rate
 * selects. Call it after the outputs were inserted: their foreign keys hold the rates still, so that an epoch that is being
 * settled sees either these samples or these outputs, and no candidate is missed. A sample that an output brought along (from
 * quarantine) stays as it is. Returns the number of samples.
 */
export async function insertSamples(
  client: ClientBase,
  projectId: string,
  outputs: readonly PlacedOutput[],
): Promise<number> {
  if (outputs.length === 0) return 0;
  const rates = await readRates(client, projectId, outputs);
  const samples = outputs.flatMap((output) => {
    const rate = rates.get(`${output.epochId}|${output.stratumId}`) ?? 0;
    return output.randomNumber < rate ? [{ ...output, orderKey: orderKey(output.randomNumber, rate) }] : [];
  });
  if (samples.length === 0) return 0;
  await client.query({
    name: "insert-samples",
    text: `
      INSERT INTO sample (project_id, output_id, epoch_id, stratum_id, random_number, state, verdict, score, settled_by, settled_at)
      SELECT $1, "outputId", "epochId", "stratumId", "randomNumber",
        CASE WHEN score IS NULL THEN 'QUEUED' ELSE 'SETTLED' END::sample_state, verdict::verdict, score,
        CASE WHEN score IS NOT NULL THEN 'truth' END, CASE WHEN score IS NOT NULL THEN now() END
      FROM json_to_recordset($2) AS row("outputId" uuid, "epochId" uuid, "stratumId" uuid, "randomNumber" float8,
        verdict text, score float8)
      ON CONFLICT (project_id, output_id) DO NOTHING`,
    values: [projectId, JSON.stringify(samples.map(({ settled, ...row }) => ({ ...row, ...settled })))],
  });
  await insertSlots(client, projectId, samples);
  return samples.length;
}

async function insertSlots(
  client: ClientBase,
  projectId: string,
  samples: readonly (PlacedOutput & { orderKey: number })[],
): Promise<void> {
  const slots = samples
    .filter(({ settled }) => settled === null)
    .flatMap(({ outputId, orderKey, secondLook }) =>
      (secondLook ? [1, 2] : [1]).map((look) => ({ id: newId(), outputId, look, orderKey })),
    );
  if (slots.length === 0) return;
  await client.query({
    name: "insert-review-slots",
    text: `
      INSERT INTO review_slot (project_id, id, output_id, look, order_key)
      SELECT $1, id, "outputId", look, "orderKey"
      FROM json_to_recordset($2) AS row(id uuid, "outputId" uuid, look int, "orderKey" float8)
      ON CONFLICT (project_id, output_id, occasion, look) DO NOTHING`,
    values: [projectId, JSON.stringify(slots)],
  });
}

async function readRates(
  client: ClientBase,
  projectId: string,
  outputs: readonly PlacedOutput[],
): Promise<Map<string, number>> {
  const pairs = [...new Set(outputs.map(({ epochId, stratumId }) => `${epochId}|${stratumId}`))];
  const { rows } = await client.query<{ epoch_id: string; stratum_id: string; rate: number }>({
    name: "read-sampling-rates",
    text: `
      SELECT epoch_id, stratum_id, rate FROM stratum_epoch
      JOIN unnest($2::uuid[], $3::uuid[]) AS asked(epoch, stratum) ON epoch_id = epoch AND stratum_id = stratum
      WHERE project_id = $1`,
    values: [projectId, pairs.map((pair) => pair.slice(0, 36)), pairs.map((pair) => pair.slice(37))],
  });
  return new Map(rows.map((row) => [`${row.epoch_id}|${row.stratum_id}`, row.rate]));
}
