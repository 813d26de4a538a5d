import type pg from "pg";
import type { OutputRow } from "./insert-outputs";
import type { PreparedRequest } from "./prepared";

export function noCounts() {
  return { received: 0, accepted: 0, flagged: 0, duplicates: 0, conflicts: 0, quarantined: 0, refused: 0 };
}
export type Counts = ReturnType<typeof noCounts>;
const COUNTERS = Object.keys(noCounts()) as (keyof Counts)[];

/** What one source received in one hour. */
interface LedgerRow extends Counts {
  projectId: string;
  sourceId: string;
  hour: Date;
}

/** One row per source and hour of what the requests added. */
export function ledgerRows(
  counted: readonly { request: Pick<PreparedRequest, "sender" | "receivedAt">; counts: Counts }[],
): LedgerRow[] {
  const rows = new Map<string, LedgerRow>();
  for (const { request, counts } of counted) {
    const { project, source } = request.sender;
    const hour = new Date(Math.floor(request.receivedAt.getTime() / 3_600_000) * 3_600_000);
    const key = `${project.id}|${source.id}|${hour.getTime()}`;
    const row = rows.get(key) ?? { projectId: project.id, sourceId: source.id, hour, ...noCounts() };
    for (const counter of COUNTERS) row[counter] += counts[counter];
    rows.set(key, row);
  }
  return [...rows.values()];
}

interface PopulationRow {
  projectId: string;
  epochId: string;
  stratumId: string;
  day: string;
  attribute: string;
  value: string;
  outputs: number;
  weight: number;
}

/** Every new output counts once overall and once under each of its segment values, sampled or not. */
export function populationRows(added: readonly OutputRow[]): PopulationRow[] {
  const rows: PopulationRow[] = [];
  const cells = new Map<string, Map<string, Map<string, PopulationRow>>>();
  for (const { request, output } of added) {
    const { day, placed, record } = output;
    const { epochId, stratumId } = placed;
    const cell = entryOf(
      cells,
      `${epochId}|${stratumId}|${day}`,
      () => new Map<string, Map<string, PopulationRow>>(),
    );
    const count = (attribute: string, value: string): void => {
      const row = entryOf(
        entryOf(cell, attribute, () => new Map<string, PopulationRow>()),
        value,
        () => {
          const { id: projectId } = request.sender.project;
          const fresh = { projectId, epochId, stratumId, day, attribute, value, outputs: 0, weight: 0 };
          rows.push(fresh);
          return fresh;
        },
      );
      row.outputs += 1;
      row.weight += 1 / record.sourceProbability;
    };
    count("", "");
    for (const attribute in record.segments) count(attribute, record.segments[attribute] ?? "");
  }
  return rows;
}

/** The value under a key, made when it is the first. */
export function entryOf<T>(map: Map<string, T>, key: string, make: () => T): T {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}

/** Appends to the counters; a job folds them, so that no two transactions wait for one row. */
export async function appendCounts(
  client: pg.ClientBase,
  ledger: readonly LedgerRow[],
  population: readonly PopulationRow[],
): Promise<void> {
  await client.query({
    name: "ingest-counts",
    text: `
      WITH counted AS (
        INSERT INTO population_delta (project_id, epoch_id, stratum_id, day, attribute, value, outputs, weight)
        SELECT "projectId", "epochId", "stratumId", day, attribute, value, outputs, weight
        FROM json_to_recordset($2) AS row("projectId" uuid, "epochId" uuid, "stratumId" uuid, day date, attribute text, value text,
          outputs int, weight float8))
      INSERT INTO ledger_delta (project_id, source_id, hour, received, accepted, flagged, duplicates, conflicts, quarantined, refused)
      SELECT "projectId", "sourceId", hour, received, accepted, flagged, duplicates, conflicts, quarantined, refused
      FROM json_to_recordset($1) AS row("projectId" uuid, "sourceId" uuid, hour timestamptz, received int, accepted int, flagged int,
        duplicates int, conflicts int, quarantined int, refused int)`,
    values: [JSON.stringify(ledger), JSON.stringify(population)],
  });
}
