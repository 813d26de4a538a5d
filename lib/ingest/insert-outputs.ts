import type pg from "pg";
import { canonicalJson } from "./canonical-json";
import type { PreparedOutput, PreparedRequest } from "./prepared";

/** An output with the request that it came with. */
export interface OutputRow {
  request: PreparedRequest;
  output: PreparedOutput;
}

const ROWS_PER_STATEMENT = 1_000;
const BYTES_PER_STATEMENT = 8 * 1024 * 1024;

const INSERT = `
  INSERT INTO output (project_id, id, external_id, source_id, phase, occurred_at, day, received_at, input, output, model_name,
    model_version, segments, confidence, cluster, source_probability, extra, content_hash, flags, epoch_id, stratum_id, random_number)
  SELECT p, i, e, s, f, t, d, r, n, o, mn, mv, g, c, k, q, x, decode(h, 'hex'), l, ep, st, u
  FROM json_to_recordset($1) AS row(p uuid, i uuid, e text, s uuid, f phase, t timestamptz, d date, r timestamptz, n jsonb, o jsonb,
    mn text, mv text, g jsonb, c float8, k text, q float8, x jsonb, h text, l text[], ep uuid, st uuid, u float8)
  ON CONFLICT (project_id, external_id) DO NOTHING`;

/**
 * Inserts outputs whose ids are new, one set-based statement per thousand. `rows` hold each id once, in one order for all
 * transactions, so that two of them wait for each other but never in a circle. Returns how many were new.
 */
export async function insertOutputs(client: pg.ClientBase, rows: readonly OutputRow[]): Promise<number> {
  let inserted = 0;
  for (const part of parts(rows.map(rowText), (text) => text.length)) {
    const { rowCount } = await client.query({
      name: "ingest-outputs",
      text: INSERT,
      values: [`[${part.join(",")}]`],
    });
    inserted += rowCount ?? 0;
  }
  return inserted;
}

/** Rows in statements that neither side chokes on. */
export function* parts<T>(rows: readonly T[], size: (row: T) => number): Generator<T[]> {
  let part: T[] = [];
  let bytes = 0;
  for (const row of rows) {
    part.push(row);
    bytes += size(row);
    if (part.length < ROWS_PER_STATEMENT && bytes < BYTES_PER_STATEMENT) continue;
    yield part;
    part = [];
    bytes = 0;
  }
  if (part.length > 0) yield part;
}

/** JSON put together from texts that are canonical already: printing the values again would cost as much as reading them did. */
function rowText({ request: { sender, receivedAt }, output }: OutputRow): string {
  const { record, placement } = output;
  return (
    `{"p":"${sender.project.id}","i":"${output.id}","e":${canonicalJson(record.externalId)},"s":"${sender.source.id}"` +
    `,"f":"${record.phase}","t":"${record.occurredAt}","d":"${output.day}","r":"${receivedAt.toISOString()}"` +
    `,"n":${record.inputText},"o":${record.outputText}${optional("mn", record.modelName)}${optional("mv", record.modelVersion)}` +
    `,"g":${canonicalJson(record.segments)}${optional("c", record.confidence)}${optional("k", record.cluster)}` +
    `,"q":${record.sourceProbability},"x":${record.extraText},"h":"${record.contentHash}","l":${canonicalJson(record.flags)}` +
    `,"ep":"${placement.epochId}","st":"${placement.stratumId}","u":${placement.randomNumber}}`
  );
}

function optional(name: string, value: string | number | null): string {
  return value === null ? "" : `,"${name}":${canonicalJson(value)}`;
}

/** What is stored under an id, whoever stored it. */
export interface StoredId {
  outputId: string;
  contentHash: string;
}

/** The stored outputs under these ids, by `projectId|externalId`. Sees this transaction's own rows and all committed ones. */
export async function readStoredIds(
  client: pg.ClientBase,
  rows: readonly OutputRow[],
): Promise<Map<string, StoredId>> {
  const found = await client.query<{
    project: string;
    external: string;
    outputId: string;
    contentHash: string;
  }>({
    name: "ingest-stored-ids",
    text: `
      SELECT project_id AS project, external_id AS external, id AS "outputId", encode(content_hash, 'hex') AS "contentHash"
      FROM unnest($1::uuid[], $2::text[]) AS asked(p, e) JOIN output ON project_id = p AND external_id = e`,
    values: [
      rows.map(({ request }) => request.sender.project.id),
      rows.map(({ output }) => output.record.externalId),
    ],
  });
  return new Map(found.rows.map(({ project, external, ...stored }) => [`${project}|${external}`, stored]));
}
