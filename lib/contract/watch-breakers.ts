import type { Tx } from "@/lib/db/client";
import * as z from "zod";
import { isPair, type SeenRow } from "./count-seen";
import {
  type CodeCount,
  isMassViolation,
  isOver,
  LEAST_RECORDS,
  type PairedWindow,
  WINDOW_MINUTES,
} from "./mass-violation";
import { closeBreaker, openBreaker, readOpen } from "./open-breaker";

/** The contract by which records were judged, as far as breakers go: version 0 where there is none. */
export interface WatchedContract {
  version: number;
  /** Shares that the pilot leads to expect, by code. */
  expected: ReadonlyMap<string, number>;
}

/** As far back as the likely start is looked for, and counts are kept. */
const KEPT_HOURS = 48;
const MOST_PATHS = 20;

const windowRow = z.object({
  code: z.string(),
  path: z.string(),
  records: z.number(),
  first: z.date(),
  last: z.date(),
});

/**
 * Adds counts and says which codes hold nothing back any more. A code that breaks in mass opens its breaker; one whose share has fallen
 * back, or whose contract was replaced, closes it. Of several servers that see the same, one opens (a unique index) and one closes (a
 * conditional update), and a job tells the incident in the same transaction.
 */
export async function watchBreakers(
  tx: Tx,
  projectId: string,
  contract: WatchedContract,
  seen: readonly SeenRow[],
): Promise<Set<string>> {
  const { version, expected } = contract;
  await addCounts(tx, projectId, version, seen);
  const window = await readWindow(tx, projectId, version);
  const newest = await newestVersion(tx, projectId);
  let open = await readOpen(tx, projectId);
  for (const breaker of open) {
    const how =
      breaker.version < newest
        ? "published"
        : version === newest && isOver(window, breaker.code, expected.get(breaker.code) ?? 0)
          ? "fell_back"
          : null;
    if (how) await closeBreaker(tx, projectId, { id: breaker.id, how });
  }
  // Records that were judged by a version which has been replaced say nothing about the one in force.
  if (version === newest) {
    for (const code of window.codes) {
      const rate = expected.get(code.code) ?? 0;
      if (!isMassViolation(window, code, rate)) continue;
      if (open.some((each) => each.code === code.code && each.version === version)) continue;
      await openBreaker(tx, { projectId, version, expected: rate }, { window, code });
    }
  }
  open = await readOpen(tx, projectId);
  return new Set(open.filter((each) => each.version === version && !each.holding).map(({ code }) => code));
}

async function addCounts(
  tx: Tx,
  projectId: string,
  version: number,
  seen: readonly SeenRow[],
): Promise<void> {
  if (seen.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO contract_count (project_id, version, minute, code, path, records)
    SELECT ${projectId}::uuid, ${version}, minute, code, path, records
    FROM jsonb_to_recordset(${JSON.stringify(seen)}::jsonb) AS row(minute timestamptz, code text, path text, records int)
    ORDER BY minute, code, path
    ON CONFLICT (project_id, version, minute, code, path) DO UPDATE SET records = contract_count.records + excluded.records`;
}

/** The newest ten minutes that have records, or as many more as two hundred records take. */
export async function readWindow(tx: Tx, projectId: string, version: number): Promise<PairedWindow> {
  const rows = z.array(windowRow).parse(
    await tx.$queryRaw`
      WITH total AS (
        SELECT minute, sum(records) OVER (ORDER BY minute DESC) - records AS newer, max(minute) OVER () AS last FROM contract_count
        WHERE project_id = ${projectId}::uuid AND version = ${version} AND code = '' AND path = '')
      SELECT code, path, sum(records)::int AS records, min(minute) AS first, max(minute) AS last FROM contract_count
      WHERE project_id = ${projectId}::uuid AND version = ${version} AND minute >= (
        SELECT min(minute) FROM total WHERE newer < ${LEAST_RECORDS} OR minute > last - make_interval(mins => ${WINDOW_MINUTES}))
      GROUP BY code, path ORDER BY records DESC, code, path`,
  );
  const codes = new Map<string, CodeCount>();
  const both = new Map<string, number>();
  let [records, spanMs] = [0, 0];
  for (const { code, path, records: count, first, last } of rows) {
    if (code === "") [records, spanMs] = [count, last.getTime() - first.getTime()];
    else if (isPair(code)) both.set(code, count);
    else if (path === "") codes.set(code, { code, records: count, paths: [] });
  }
  for (const { code, path, records: count } of rows) {
    const paths = path === "" ? undefined : codes.get(code)?.paths;
    if (paths && paths.length < MOST_PATHS) paths.push({ path, records: count });
  }
  return { records, spanMs, both, codes: [...codes.values()] };
}

async function newestVersion(tx: Tx, projectId: string): Promise<number> {
  const rows = await tx.$queryRaw`
    SELECT coalesce(max(version), 0)::int AS version FROM contract WHERE project_id = ${projectId}::uuid`;
  return z.tuple([z.object({ version: z.number() })]).parse(rows)[0].version;
}

/** Another version begins with a clean slate: what was broken is judged anew. */
export async function endBreakers(tx: Tx, projectId: string): Promise<void> {
  for (const { id } of await readOpen(tx, projectId))
    await closeBreaker(tx, projectId, { id, how: "published" });
}

/** Codes of a contract that hold nothing back at this moment. */
export async function suspendedCodes(tx: Tx, projectId: string, version: number): Promise<Set<string>> {
  const open = await readOpen(tx, projectId);
  return new Set(open.filter((each) => each.version === version && !each.holding).map(({ code }) => code));
}

/** Deletes counts that no window and no likely start needs: older than two days, and not among the newest two hundred records. */
export async function forgetCounts(tx: Tx, projectId: string): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM contract_count gone USING (
      SELECT max(version) AS version, max(minute) AS last FROM contract_count WHERE project_id = ${projectId}::uuid) newest
    WHERE gone.project_id = ${projectId}::uuid AND (gone.version < newest.version
      OR gone.minute < newest.last - make_interval(hours => ${KEPT_HOURS}) AND gone.minute < (
        SELECT min(minute) FROM (
          SELECT minute, sum(records) OVER (ORDER BY minute DESC) - records AS newer FROM contract_count
          WHERE project_id = ${projectId}::uuid AND version = newest.version AND code = '' AND path = '') total
        WHERE newer < ${LEAST_RECORDS}))`;
}
