import type pg from "pg";
import { SENDER_COLUMNS, type Sender } from "./sender";

/** Which held records are meant; one group of the quarantine page, or single records. */
export interface HeldFilter {
  code?: string | undefined;
  /** Of the first reason. */
  path?: string | undefined;
  ids?: readonly string[] | undefined;
  kind?: "output" | "truth" | undefined;
  /** Received then or later, and before then. */
  from?: string | undefined;
  to?: string | undefined;
  /** Goes on after this one. */
  after?: string | undefined;
}

export interface HeldRow {
  id: string;
  sourceId: string;
  kind: string;
  receivedAt: Date;
  firstCode: string;
  reasons: unknown;
  raw: Buffer;
  rawLength: number;
  mapping: unknown;
  recordedHistory: boolean;
  /** The id that it was sent with, if it has one that can be used. */
  externalId: string | null;
  /** How it counts in all traffic, and its output there; null before anybody has looked. */
  countedAs: string | null;
  outputId: string | null;
}

const COLUMNS = `
  held.id, held.source_id AS "sourceId", held.kind, held.received_at AS "receivedAt", first_code AS "firstCode", reasons, raw,
  raw_length AS "rawLength", source.mapping, recorded_history AS "recordedHistory", held.external_id AS "externalId",
  counted_as AS "countedAs", output_id AS "outputId"`;
const TABLES =
  "quarantine held JOIN source ON source.project_id = held.project_id AND source.id = held.source_id";

/** The next held records in the order of their ids, locked; what somebody else is settling is left out. */
export async function readHeld(
  client: pg.ClientBase,
  projectId: string,
  filter: HeldFilter,
  limit: number,
): Promise<HeldRow[]> {
  const { rows } = await client.query<HeldRow>(
    `SELECT ${COLUMNS} FROM ${TABLES}
     WHERE held.project_id = $1 AND state = 'HELD' AND ($2::text IS NULL OR first_code = $2)
       AND ($3::text IS NULL OR coalesce(reasons->0->>'path', '') = $3) AND ($4::uuid[] IS NULL OR held.id = ANY($4))
       AND ($5::uuid IS NULL OR held.id > $5) AND ($6::text IS NULL OR held.kind = $6)
       AND ($8::timestamptz IS NULL OR held.received_at >= $8) AND ($9::timestamptz IS NULL OR held.received_at < $9)
     ORDER BY held.id LIMIT $7 FOR UPDATE OF held SKIP LOCKED`,
    [
      projectId,
      filter.code ?? null,
      filter.path ?? null,
      filter.ids ?? null,
      filter.after ?? null,
      filter.kind ?? null,
      limit,
      filter.from ?? null,
      filter.to ?? null,
    ],
  );
  return rows;
}

/** The next records that nobody has looked at, locked; discarded ones were traffic all the same. */
export async function readUndrawn(
  client: pg.ClientBase,
  projectId: string,
  limit: number,
): Promise<HeldRow[]> {
  const { rows } = await client.query<HeldRow>(
    `SELECT ${COLUMNS} FROM ${TABLES}
     WHERE held.project_id = $1 AND counted_as IS NULL AND held.kind = 'output' AND state <> 'RELEASED'
     ORDER BY held.id LIMIT $2 FOR UPDATE OF held SKIP LOCKED`,
    [projectId, limit],
  );
  return rows;
}

/** Under whom each source's records are counted. */
export async function readHeldSenders(
  client: pg.ClientBase,
  projectId: string,
): Promise<Map<string, Sender>> {
  const { rows } = await client.query<Pick<Sender, "project" | "source">>(
    `SELECT ${SENDER_COLUMNS} FROM source JOIN project ON project.id = source.project_id WHERE project.id = $1`,
    [projectId],
  );
  return new Map(
    rows.map(({ project, source }) => [
      source.id,
      { project, source, actor: { kind: "webhook", sourceId: source.id } },
    ]),
  );
}
