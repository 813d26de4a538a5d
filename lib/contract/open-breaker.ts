import { newId } from "@/lib/core/id";
import type { Tx } from "@/lib/db/client";
import { enqueueJob } from "@/lib/db/enqueue-job";
import * as z from "zod";
import { pairOf } from "./count-seen";
import {
  type CodeCount,
  isSameChange,
  likelyStart,
  type MinuteCount,
  type PairedWindow,
} from "./mass-violation";

const minuteRow = z.object({ minute: z.date(), records: z.number(), hits: z.number() });
const openRow = z.object({
  id: z.string(),
  code: z.string(),
  version: z.number(),
  since: z.date(),
  episodeId: z.string(),
  holding: z.boolean(),
});
export type OpenBreaker = z.output<typeof openRow>;

export async function readOpen(tx: Tx, projectId: string): Promise<OpenBreaker[]> {
  const rows = await tx.$queryRaw`
    SELECT id, code, version, since, episode_id AS "episodeId", holding FROM contract_breaker
    WHERE project_id = ${projectId}::uuid AND closed_at IS NULL ORDER BY opened_at, id`;
  return z.array(openRow).parse(rows);
}

/**
 * Opens the breaker of a code. When the same change of the system broke others already, it joins their episode, which is one incident. They
 * open one after the other in a project, so that two servers which see two codes of one change find each other.
 */
export async function openBreaker(
  tx: Tx,
  { projectId, version, expected }: { projectId: string; version: number; expected: number },
  { window, code }: { window: PairedWindow; code: CodeCount },
): Promise<void> {
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended('breaker:' || ${projectId}, 0))::text`;
  const minutes = await readMinutes(tx, { projectId, version }, code.code);
  const since = likelyStart(minutes, expected, code.records / window.records) ?? new Date();
  const broken = { since, hits: code.records };
  const joined = (await readOpen(tx, projectId)).find((other) => {
    const hits = window.codes.find((each) => each.code === other.code)?.records ?? 0;
    const both = window.both.get(pairOf(code.code, other.code)) ?? 0;
    return (
      other.version === version && isSameChange(broken, { since: other.since, hits }, both, window.spanMs)
    );
  });
  const id = newId();
  const opened = await tx.$executeRaw`
    INSERT INTO contract_breaker (project_id, id, episode_id, code, version, since, records, hits, expected, paths)
    VALUES (${projectId}::uuid, ${id}::uuid, ${joined?.episodeId ?? id}::uuid, ${code.code}, ${version}, ${since}, ${window.records},
      ${code.records}, ${expected}, ${JSON.stringify(code.paths)}::jsonb)
    ON CONFLICT (project_id, code) WHERE closed_at IS NULL DO NOTHING`;
  if (opened > 0) await tellIncident(tx, projectId, id);
}

async function readMinutes(
  tx: Tx,
  { projectId, version }: { projectId: string; version: number },
  code: string,
): Promise<MinuteCount[]> {
  const rows = await tx.$queryRaw`
    SELECT total.minute, total.records, coalesce(hit.records, 0) AS hits FROM contract_count total
    LEFT JOIN contract_count hit ON hit.project_id = total.project_id AND hit.version = total.version AND hit.minute = total.minute
      AND hit.code = ${code} AND hit.path = ''
    WHERE total.project_id = ${projectId}::uuid AND total.version = ${version} AND total.code = '' AND total.path = ''
    ORDER BY total.minute`;
  return z.array(minuteRow).parse(rows);
}

export async function closeBreaker(
  tx: Tx,
  projectId: string,
  { id, how }: { id: string; how: "fell_back" | "published" },
): Promise<void> {
  const closed = await tx.$executeRaw`
    UPDATE contract_breaker SET closed_at = clock_timestamp(), closed_how = ${how}
    WHERE project_id = ${projectId}::uuid AND id = ${id}::uuid AND closed_at IS NULL`;
  if (closed > 0) await tellIncident(tx, projectId, id);
}

async function tellIncident(tx: Tx, projectId: string, breakerId: string): Promise<void> {
  // A key of its own each time: a job that runs at this moment has read the breaker already.
  await enqueueJob(tx, "report-breaker", { projectId, breakerId }, { key: `breaker:${newId()}` });
}
