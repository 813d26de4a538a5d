import { Client } from "pg";

const OLDEST_MAJOR = 15;

/**
 * Refuses a database that cannot keep the promise that what was acknowledged is not lost.
 * @throws Error with a sentence for the operator
 */
export async function checkDatabaseServer(url: string, production: boolean): Promise<void> {
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: 10_000,
    application_name: "assay-check",
  });
  client.on("error", () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ version: number; fsync: string; pages: string }>(
      `SELECT current_setting('server_version_num')::int AS version, current_setting('fsync') AS fsync,
              current_setting('full_page_writes') AS pages`,
    );
    const problem = serverProblem(rows[0], production);
    if (problem) throw new Error(problem);
  } finally {
    await client.end().catch(() => undefined);
  }
}

export function serverProblem(
  server: { version: number; fsync: string; pages: string } | undefined,
  production: boolean,
): string | null {
  if (!server) return "The database did not say which version it is.";
  const major = Math.floor(server.version / 10_000);
  if (major < OLDEST_MAJOR)
    return `The database is PostgreSQL ${major}; Assay needs ${OLDEST_MAJOR} or newer.`;
  if (!production) return null;
  const off = [
    server.fsync === "off" ? "fsync" : "",
    server.pages === "off" ? "full_page_writes" : "",
  ].filter(Boolean);
  if (off.length === 0) return null;
  return `The database runs with ${off.join(" and ")} off: a power cut would lose acknowledged records. Switch it on.`;
}
