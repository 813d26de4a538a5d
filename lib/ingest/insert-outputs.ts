import type pg from "pg";
import { byteaArray, floatArray, jsonbArray, textArray, uuidArray } from "./binary-array";
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
  INSERT INTO output (project_id, id, source_id, epoch_id, stratum_id, external_id, phase, occurred_at, day, received_at, model_name,
    model_version, cluster, flags, input, output, segments, extra, content_hash, confidence, source_probability, random_number)
  SELECT p, i, s, ep, st, e, f::phase, t::timestamptz, d::date, r::timestamptz, mn, mv, k, string_to_array(l, ','), n, o, g, x, h, c, q, u
  FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[],
    $11::text[], $12::text[], $13::text[], $14::text[], $15::jsonb[], $16::jsonb[], $17::jsonb[], $18::jsonb[], $19::bytea[],
    $20::float8[], $21::float8[], $22::float8[])
    AS row(p, i, s, ep, st, e, f, t, d, r, mn, mv, k, l, n, o, g, x, h, c, q, u)
  ON CONFLICT (project_id, external_id) DO NOTHING`;

/**
 * Inserts outputs whose ids are new, one set-based statement per thousand. `rows` hold each id once, in one order for all
 * transactions, so that two of them wait for each other but never in a circle. Returns how many were new.
 */
export async function insertOutputs(client: pg.ClientBase, rows: readonly OutputRow[]): Promise<number> {
  let inserted = 0;
  const size = ({ output: { record } }: OutputRow) => record.inputText.length + record.outputText.length;
  for (const part of parts(rows, size)) {
    const { rowCount } = await client.query({
      name: "ingest-outputs",
      text: INSERT,
      values: columnsOf(part),
    });
    inserted += rowCount ?? 0;
  }
  return inserted;
}

function columnsOf(rows: readonly OutputRow[]): Buffer[] {
  const outputs = rows.map(({ output }) => output);
  const records = outputs.map(({ record }) => record);
  return [
    uuidArray(rows.map(({ request }) => request.sender.project.id)),
    uuidArray(outputs.map(({ id }) => id)),
    uuidArray(rows.map(({ request }) => request.sender.source.id)),
    uuidArray(outputs.map(({ placement }) => placement.epochId)),
    uuidArray(outputs.map(({ placement }) => placement.stratumId)),
    textArray(records.map(({ externalId }) => externalId)),
    textArray(records.map(({ phase }) => phase)),
    textArray(records.map(({ occurredAt }) => occurredAt)),
    textArray(outputs.map(({ day }) => day)),
    textArray(rows.map(({ request }) => request.receivedAt.toISOString())),
    textArray(records.map(({ modelName }) => modelName)),
    textArray(records.map(({ modelVersion }) => modelVersion)),
    textArray(records.map(({ cluster }) => cluster)),
    textArray(records.map(({ flags }) => flags.join(","))),
    jsonbArray(records.map(({ inputText }) => inputText)),
    jsonbArray(records.map(({ outputText }) => outputText)),
    jsonbArray(records.map(({ segments }) => canonicalJson(segments))),
    jsonbArray(records.map(({ extraText }) => extraText)),
    byteaArray(records.map(({ contentHash }) => contentHash)),
    floatArray(records.map(({ confidence }) => confidence)),
    floatArray(records.map(({ sourceProbability }) => sourceProbability)),
    floatArray(outputs.map(({ placement }) => placement.randomNumber)),
  ];
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
