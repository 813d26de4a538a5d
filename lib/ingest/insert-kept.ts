import { hash } from "node:crypto";
import type pg from "pg";
import { newId } from "@/lib/core/id";
import { type OutputRow, parts } from "./insert-outputs";
import type { PreparedQuarantine } from "./prepared";
import { MAX_RECORD_BYTES } from "./record-scanner";
import type { Sender } from "./sender";

const KEPT_OF_LARGE = 16 * 1024;

export interface ConflictRow extends OutputRow {
  /** The output that has the id. */
  outputId: string;
}

/** Keeps second versions under a taken id; one that was kept before is not kept twice. */
export async function insertConflicts(client: pg.ClientBase, rows: readonly ConflictRow[]): Promise<void> {
  for (const part of parts(rows, ({ output }) => output.read.raw.length)) {
    const values = part.map(({ request, output, outputId }) => ({
      p: request.sender.project.id,
      i: newId(),
      o: outputId,
      s: request.sender.source.id,
      r: request.receivedAt,
      h: output.record.contentHash,
      raw: base64(output.read.raw),
    }));
    await client.query({
      name: "ingest-conflicts",
      text: `
        INSERT INTO output_conflict (project_id, id, output_id, source_id, received_at, content_hash, raw)
        SELECT p, i, o, s, r, decode(h, 'hex'), decode(raw, 'base64')
        FROM json_to_recordset($1) AS row(p uuid, i uuid, o uuid, s uuid, r timestamptz, h text, raw text)
        ORDER BY p, o, h
        ON CONFLICT (project_id, output_id, content_hash) DO NOTHING`,
      values: [JSON.stringify(values)],
    });
  }
}

export type RecordKind = "output" | "truth";

export interface QuarantineRow {
  sender: Sender;
  receivedAt: Date;
  kind: RecordKind;
  record: PreparedQuarantine;
}

/** Keeps records that could not be taken: their bytes, or of a huge one its beginning, length and hash. */
export async function insertQuarantined(
  client: pg.ClientBase,
  rows: readonly QuarantineRow[],
): Promise<void> {
  for (const part of parts(rows, ({ record }) => record.raw.length)) {
    const values = part.map(({ sender, receivedAt, kind, record }) => ({
      p: sender.project.id,
      i: record.id,
      s: sender.source.id,
      k: kind,
      r: receivedAt,
      e: record.externalId,
      w: record.reasons,
      v: record.contractVersion,
      c: record.reasons[0]?.code ?? "PARSE_INVALID_JSON",
      raw: base64(record.raw.length > MAX_RECORD_BYTES ? record.raw.subarray(0, KEPT_OF_LARGE) : record.raw),
      n: record.raw.length,
      h: hash("sha256", record.raw, "hex"),
    }));
    await client.query({
      name: "ingest-quarantine",
      text: `
        INSERT INTO quarantine (project_id, id, source_id, kind, received_at, external_id, reasons, first_code, raw, raw_length, raw_hash,
          contract_version)
        SELECT p, i, s, k, r, e, w, c, decode(raw, 'base64'), n, decode(h, 'hex'), v
        FROM json_to_recordset($1) AS row(p uuid, i uuid, s uuid, k text, r timestamptz, e text, w jsonb, c text, raw text, n int, h text, v int)`,
      values: [JSON.stringify(values)],
    });
  }
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("base64");
}

export interface TruthRow {
  id: string;
  projectId: string;
  externalId: string;
  /** Canonical JSON. */
  valueText: string;
  knownAt: string | null;
  receivedAt: Date;
}

/**
 * Appends truths; returns the ids of those that were new. The same value known at the same time is one truth of an output however
 * often it comes; a sender that takes a correction back says when.
 */
export async function insertTruths(client: pg.ClientBase, rows: readonly TruthRow[]): Promise<Set<string>> {
  const stored = new Set<string>();
  for (const part of parts(rows, ({ valueText }) => valueText.length)) {
    const values = part.map(({ projectId, id, externalId, valueText, knownAt, receivedAt }) => ({
      p: projectId,
      i: id,
      e: externalId,
      v: valueText,
      k: knownAt,
      r: receivedAt,
      h: hash("sha256", knownAt === null ? valueText : `${valueText}\n${knownAt}`, "hex"),
    }));
    const { rows: added } = await client.query<{ id: string }>({
      name: "ingest-truths",
      text: `
        INSERT INTO ground_truth (project_id, id, external_id, value, known_at, received_at, content_hash)
        SELECT p, i, e, v::jsonb, k, r, decode(h, 'hex')
        FROM json_to_recordset($1) AS row(p uuid, i uuid, e text, v text, k timestamptz, r timestamptz, h text)
        ORDER BY p, e, h
        ON CONFLICT (project_id, external_id, content_hash) DO NOTHING
        RETURNING id`,
      values: [JSON.stringify(values)],
    });
    for (const { id } of added) stored.add(id);
  }
  return stored;
}
