import type { ClientBase } from "pg";

/**
 * Notes model versions that production outputs name and nobody has told of, with the time of the first output of this batch: a
 * marker on charts until somebody tells of the release. Two at once leave one marker.
 */
export async function noteVersions(
  client: ClientBase,
  projectId: string,
  outputIds: readonly string[],
): Promise<void> {
  await client.query(
    `INSERT INTO release (project_id, id, model_name, model_version, live_at, origin)
     SELECT $1, gen_random_uuid(), name, version, first, 'SEEN' FROM (
       SELECT coalesce(model_name, 'model') AS name, model_version AS version, min(occurred_at) AS first FROM output
       WHERE project_id = $1 AND id = ANY($2::uuid[]) AND phase = 'PRODUCTION' AND model_version IS NOT NULL GROUP BY 1, 2) seen
     WHERE NOT EXISTS (SELECT 1 FROM release known
       WHERE known.project_id = $1 AND known.model_name = seen.name AND known.model_version = seen.version)
     ORDER BY name, version ON CONFLICT DO NOTHING`,
    [projectId, outputIds],
  );
}
