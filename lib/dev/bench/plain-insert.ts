import { hash } from "node:crypto";
import type pg from "pg";
import { newId } from "@/lib/core/id";

/** One statement with its parameters, ready to be sent. */
export type PlainStatement = { name: string; text: string; values: unknown[] };

export interface PlainInserter {
  make(batch: number, recordText: () => string): PlainStatement;
}

const COLUMNS = [
  ["project_id", "uuid"],
  ["id", "uuid"],
  ["external_id", "text"],
  ["source_id", "uuid"],
  ["phase", "phase"],
  ["occurred_at", "timestamptz"],
  ["day", "date"],
  ["received_at", "timestamptz"],
  ["input", "jsonb"],
  ["output", "jsonb"],
  ["model_name", "text"],
  ["model_version", "text"],
  ["segments", "jsonb"],
  ["confidence", "float8"],
  ["source_probability", "float8"],
  ["extra", "jsonb"],
  ["content_hash", "bytea"],
  ["flags", "text[]"],
  ["epoch_id", "uuid"],
  ["stratum_id", "uuid"],
  ["random_number", "float8"],
] as const;

const names = COLUMNS.map(([name]) => name).join(", ");
const VALUES = `INSERT INTO output (${names}) VALUES (${COLUMNS.map(([, type], at) => `$${at + 1}::${type}`).join(", ")})`;
const UNNEST = `INSERT INTO output (${names}) SELECT ${COLUMNS.map(([name, type]) => `${name}::${type}`).join(", ")}
  FROM unnest(${COLUMNS.map((_, at) => `$${at + 1}::text[]`).join(", ")}) AS row(${names})`;
const JSON_ROWS = `INSERT INTO output (${names}) SELECT ${COLUMNS.map(([name, type]) => (type === "bytea" ? `decode(${name}, 'hex')` : name)).join(", ")}
  FROM json_to_recordset($1) AS row(${COLUMNS.map(([name, type]) => `${name} ${type === "bytea" ? "text" : type}`).join(", ")})`;

/** Rows of `output` as Assay stores them, by plain prepared statements: one row by VALUES, more by the faster of two set-based ones. */
export async function plainInserter(pool: pg.Pool, projectId: string): Promise<PlainInserter> {
  const { rows } = await pool.query<{ source_id: string; epoch_id: string; stratum_id: string }>(
    "SELECT source_id, epoch_id, stratum_id FROM output WHERE project_id = $1 LIMIT 1",
    [projectId],
  );
  const place = rows[0];
  if (!place) throw new Error("There is no row to copy the places of.");
  const rowOf = (text: string): (string | null)[] => {
    const record = JSON.parse(text);
    const now = new Date().toISOString();
    return [
      projectId,
      newId(),
      `plain-${newId()}`,
      place.source_id,
      "PRODUCTION",
      record.occurred_at,
      now.slice(0, 10),
      now,
      JSON.stringify(record.input),
      JSON.stringify(record.output),
      record.model.name,
      record.model.version,
      JSON.stringify(record.segments),
      String(record.confidence),
      "1",
      "{}",
      `\\x${hash("sha256", text, "hex")}`,
      "{}",
      place.epoch_id,
      place.stratum_id,
      String(Math.random()),
    ];
  };
  const unnest = (made: (string | null)[][]): PlainStatement => ({
    name: "plain-unnest",
    text: UNNEST,
    values: COLUMNS.map((_, column) => arrayText(made.map((row) => row[column] ?? null))),
  });
  const json = (made: (string | null)[][]): PlainStatement => ({
    name: "plain-json",
    text: JSON_ROWS,
    values: [`[${made.map(jsonText).join(",")}]`],
  });
  const bulk = (await isFaster(pool, json, unnest, rowOf)) ? json : unnest;
  return {
    make(batch, recordText) {
      const made = Array.from({ length: batch }, () => rowOf(recordText()));
      return batch === 1 ? { name: "plain-values", text: VALUES, values: made[0] ?? [] } : bulk(made);
    },
  };
}

type Bulk = (made: (string | null)[][]) => PlainStatement;

async function isFaster(
  pool: pg.Pool,
  a: Bulk,
  b: Bulk,
  rowOf: (text: string) => (string | null)[],
): Promise<boolean> {
  const sample = JSON.stringify({
    occurred_at: new Date().toISOString(),
    input: { text: "x".repeat(600) },
    output: { label: "y" },
    model: { name: "m", version: "1" },
    segments: { region: "eu" },
    confidence: 0.5,
  });
  const time = async (way: Bulk) => {
    const statements = Array.from({ length: 6 }, () =>
      way(Array.from({ length: 1_000 }, () => rowOf(sample))),
    );
    const started = performance.now();
    for (const statement of statements) await pool.query(statement);
    return performance.now() - started;
  };
  await time(a);
  return (await time(a)) < (await time(b));
}

function arrayText(values: (string | null)[]): string {
  const items = values.map((value) =>
    value === null ? "NULL" : `"${value.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`,
  );
  return `{${items.join(",")}}`;
}

function jsonText(row: (string | null)[]): string {
  const members = COLUMNS.map(([name, type], at) => {
    const value = row[at] ?? null;
    if (type === "jsonb" || type === "float8") return `"${name}":${value}`;
    if (type === "text[]") return `"${name}":[]`;
    return `"${name}":${JSON.stringify(type === "bytea" ? value?.slice(2) : value)}`;
  });
  return `{${members.join(",")}}`;
}
