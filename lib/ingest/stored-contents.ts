import type { ClientBase } from "pg";
import type { KnownContent, ReadContent } from "./classify-repeats";

/** An output with what is known of its content, and where it lies. */
export interface StoredContent extends ReadContent {
  stratumId: string;
  /** Its own stratum where that is flagged, else the flagged counterpart; null while that is not open in the epoch. */
  flaggedStratumId: string | null;
  known: KnownContent;
}

/** Of input and model version, and of the answer: texts of jsonb are the same for the same value. */
const HASHES = `
  substring(sha256(convert_to(jsonb_build_array(model_name, model_version, input)::text, 'UTF8')) FOR 16) AS input,
  substring(sha256(convert_to(output.output::text, 'UTF8')) FOR 16) AS answer`;

/** Production outputs in the order in which they came. */
export async function readContents(
  client: ClientBase,
  projectId: string,
  ids: readonly string[],
): Promise<StoredContent[]> {
  const { rows } = await client.query<
    Omit<StoredContent, "known"> & { unit: string | null; same: boolean; other: boolean }
  >(
    `WITH fresh AS MATERIALIZED (
       SELECT id, epoch_id, stratum_id, received_at, ${HASHES} FROM output
       WHERE project_id = $1 AND id = ANY($2::uuid[]) AND phase = 'PRODUCTION' AND copy_of IS NULL)
     SELECT fresh.id AS "outputId", fresh.epoch_id AS "epochId", fresh.stratum_id AS "stratumId",
       encode(input, 'hex') AS input, encode(answer, 'hex') AS output,
       CASE WHEN own.flagged THEN own.id ELSE (
         SELECT opened.stratum_id FROM stratum other
         JOIN stratum_epoch opened ON opened.project_id = $1 AND opened.epoch_id = fresh.epoch_id AND opened.stratum_id = other.id
         WHERE other.project_id = $1 AND other.phase = own.phase AND other.attribute = own.attribute AND other.value = own.value
           AND other.flagged) END AS "flaggedStratumId",
       (SELECT output_id FROM content_unit unit WHERE unit.project_id = $1 AND unit.input_hash = input AND unit.output_hash = answer
          AND unit.epoch_id = fresh.epoch_id) AS unit,
       EXISTS (SELECT 1 FROM content_unit unit WHERE unit.project_id = $1 AND unit.input_hash = input AND unit.output_hash = answer) AS same,
       EXISTS (SELECT 1 FROM content_unit unit WHERE unit.project_id = $1 AND unit.input_hash = input AND unit.output_hash <> answer) AS other
     FROM fresh JOIN stratum own ON own.project_id = $1 AND own.id = fresh.stratum_id
     ORDER BY received_at, fresh.id`,
    [projectId, ids],
  );
  return rows.map(({ unit, same, other, ...content }) => ({ ...content, known: { unit, same, other } }));
}

/** Remembers contents that have come for the first time in their epoch. */
export async function addContents(
  client: ClientBase,
  projectId: string,
  contents: readonly StoredContent[],
): Promise<void> {
  await client.query(
    `INSERT INTO content_unit (project_id, input_hash, output_hash, epoch_id, output_id)
     SELECT $1, decode(i, 'hex'), decode(o, 'hex'), e, id
     FROM unnest($2::text[], $3::text[], $4::uuid[], $5::uuid[]) AS row(i, o, e, id) ORDER BY 2, 3, 4`,
    [
      projectId,
      contents.map(({ input }) => input),
      contents.map(({ output }) => output),
      contents.map(({ epochId }) => epochId),
      contents.map(({ outputId }) => outputId),
    ],
  );
}
