import type pg from "pg";
import { z } from "zod";
import { openSamplingSecret } from "@/lib/sampling/seal-sampling-secret";
import { samplingHasher } from "@/lib/stats/sampling-hash";
import type { StoredOutput, StoredState } from "./check-history";
import { bytesHash, contentHash } from "./sent-record";

const count = z.coerce.number().int();
const ledgerRow = z.object({
  received: count,
  accepted: count,
  flagged: count,
  duplicates: count,
  conflicts: count,
  quarantined: count,
  refused: count,
});

/** Everything that the database holds of this project, by plain SQL. */
export async function readStoredState(pool: pg.Pool, projectId: string): Promise<StoredState> {
  return {
    outputs: await readOutputs(pool, projectId),
    conflicts: await readConflicts(pool, projectId),
    quarantined: await readQuarantined(pool, projectId),
    ledger: await readLedger(pool, projectId),
    population: await readPopulation(pool, projectId),
  };
}

const PAGE = 20_000;

interface OutputRow {
  id: string;
  externalId: string;
  occurredAt: Date;
  input: unknown;
  output: unknown;
  segments: unknown;
  randomNumber: number;
  rate: number;
  samples: number;
  slots: number;
}

async function readOutputs(pool: pg.Pool, projectId: string): Promise<StoredOutput[]> {
  const numberOf = await recomputedNumbers(pool, projectId);
  const outputs: StoredOutput[] = [];
  let after = "00000000-0000-0000-0000-000000000000";
  for (;;) {
    const { rows } = await pool.query<OutputRow>(OUTPUTS, [projectId, after, PAGE]);
    for (const row of rows) {
      const { externalId: id, input, output, segments, randomNumber, rate, samples, slots } = row;
      const hash = contentHash({ occurred_at: row.occurredAt.toISOString(), input, output, segments });
      outputs.push({ id, hash, randomNumber, expectedRandomNumber: numberOf(id), rate, samples, slots });
    }
    const last = rows.at(-1);
    if (!last) return outputs;
    after = last.id;
  }
}

const OUTPUTS = `
  SELECT output.id, external_id AS "externalId", occurred_at AS "occurredAt", input, output, segments,
    output.random_number AS "randomNumber", rate,
    (SELECT count(*)::int FROM sample WHERE sample.project_id = $1 AND sample.output_id = output.id) AS samples,
    (SELECT count(*)::int FROM review_slot slot WHERE slot.project_id = $1 AND slot.output_id = output.id AND occasion = 0) AS slots
  FROM output JOIN stratum_epoch USING (project_id, epoch_id, stratum_id)
  WHERE project_id = $1 AND phase <> 'HELD' AND output.id > $2 ORDER BY output.id LIMIT $3`;

async function recomputedNumbers(pool: pg.Pool, projectId: string): Promise<(id: string) => number> {
  const { rows } = await pool.query<{ scope: string; sealed: string }>(
    "SELECT sampling_scope AS scope, sealed_sampling_secret AS sealed FROM project WHERE id = $1",
    [projectId],
  );
  const { scope, sealed } = z.object({ scope: z.string(), sealed: z.string() }).parse(rows[0]);
  return samplingHasher({
    secret: openSamplingSecret(projectId, sealed),
    salt: "sample-v1",
    projectId: scope,
  });
}

async function readConflicts(pool: pg.Pool, projectId: string): Promise<StoredState["conflicts"]> {
  const { rows } = await pool.query<{ id: string; raw: Buffer }>(
    `SELECT external_id AS id, raw FROM output_conflict conflict
     JOIN output ON output.project_id = conflict.project_id AND output.id = conflict.output_id
     WHERE conflict.project_id = $1`,
    [projectId],
  );
  return rows.map(({ id, raw }) => ({
    id,
    hash: bytesHash(raw),
  }));
}

async function readQuarantined(pool: pg.Pool, projectId: string): Promise<StoredState["quarantined"]> {
  const { rows } = await pool.query<{ id: string }>(
    "SELECT coalesce(external_id, '') AS id FROM quarantine WHERE project_id = $1",
    [projectId],
  );
  return rows;
}

/** Folded hours and what is not folded yet. */
async function readLedger(pool: pg.Pool, projectId: string): Promise<StoredState["ledger"]> {
  const columns = Object.keys(ledgerRow.shape);
  const { rows } = await pool.query(
    `SELECT ${columns.map((name) => `coalesce(sum(${name}), 0) AS ${name}`).join(", ")}
     FROM (SELECT ${columns.join(", ")} FROM ledger_hour WHERE project_id = $1
           UNION ALL SELECT ${columns.join(", ")} FROM ledger_delta WHERE project_id = $1) AS every`,
    [projectId],
  );
  return ledgerRow.parse(rows[0]);
}

async function readPopulation(pool: pg.Pool, projectId: string): Promise<number> {
  const { rows } = await pool.query(
    `SELECT coalesce(sum(outputs), 0) AS outputs FROM (
       SELECT project_id, stratum_id, outputs FROM population_count WHERE project_id = $1 AND attribute = ''
       UNION ALL
       SELECT project_id, stratum_id, outputs FROM population_delta WHERE project_id = $1 AND attribute = '') counted
     JOIN stratum ON stratum.project_id = counted.project_id AND stratum.id = counted.stratum_id AND phase <> 'HELD'`,
    [projectId],
  );
  return z.object({ outputs: count }).parse(rows[0]).outputs;
}
