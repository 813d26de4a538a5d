import * as z from "zod";
import type { Tx } from "@/lib/db/client";
import type { Repeat } from "./output-facts";
import { recentRepeats } from "./recent-repeats";
import { type ContentKey, countRepeats, type RepeatCounts } from "./repeats";

/** Inputs are remembered for so many days: an older one counts as new. */
const DAYS_REMEMBERED = 35;

export interface KeyedOutput extends ContentKey {
  day: string;
}

const keyRow = z.object({ input: z.string(), output: z.string() });

/** Repetitions by day among outputs that are counted now, of those that were counted before; remembers them. */
export async function countStoredRepeats(
  tx: Tx,
  { projectId, baselineId }: { projectId: string; baselineId: string },
  outputs: readonly KeyedOutput[],
): Promise<Map<string, RepeatCounts>> {
  const inputs = [...new Set(outputs.map(({ input }) => input))];
  const rows = await tx.$queryRaw`
    SELECT encode(input_hash, 'hex') AS input, encode(output_hash, 'hex') AS output FROM content_key
    WHERE project_id = ${projectId}::uuid AND baseline_id = ${baselineId}::uuid
      AND input_hash IN (SELECT decode(asked, 'hex') FROM unnest(${inputs}::text[]) asked)`;
  const known = new Map<string, Set<string>>();
  countRepeats(z.array(keyRow).parse(rows), known);
  const days = new Map<string, RepeatCounts>();
  for (const output of outputs) {
    const day = days.get(output.day) ?? { same: 0, other: 0 };
    const { same, other } = countRepeats([output], known);
    days.set(output.day, { same: day.same + same, other: day.other + other });
  }
  await tx.$executeRaw`
    INSERT INTO content_key (project_id, baseline_id, input_hash, output_hash, day)
    SELECT ${projectId}::uuid, ${baselineId}::uuid, decode(input, 'hex'), decode(output, 'hex'), max(day::date)
    FROM unnest(${outputs.map(({ input }) => input)}::text[], ${outputs.map(({ output }) => output)}::text[],
      ${outputs.map(({ day }) => day)}::text[]) AS row(input, output, day)
    GROUP BY input, output ORDER BY input, output
    ON CONFLICT (project_id, baseline_id, input_hash, output_hash) DO UPDATE SET day = greatest(content_key.day, excluded.day)`;
  return days;
}

const recentRow = z.object({ keys: z.array(keyRow) });

/** Of outputs that are counted now, in the order of their arrival, which inputs are among those just before; remembers the last ones. */
export async function takeRecentRepeats(
  tx: Tx,
  { projectId, baselineId }: { projectId: string; baselineId: string },
  outputs: readonly ContentKey[],
): Promise<Repeat[]> {
  const rows = await tx.$queryRaw`
    SELECT keys FROM recent_input WHERE project_id = ${projectId}::uuid AND baseline_id = ${baselineId}::uuid`;
  const before = z.array(recentRow).parse(rows)[0]?.keys ?? [];
  const { repeats, recent } = recentRepeats(outputs, before);
  await keepRecent(tx, { projectId, baselineId }, recent);
  return repeats;
}

/** Remembers the last inputs that were counted; those of the pilot, to begin with. */
export async function keepRecent(
  tx: Tx,
  { projectId, baselineId }: { projectId: string; baselineId: string },
  recent: readonly ContentKey[],
): Promise<void> {
  const keys = JSON.stringify(recent.map(({ input, output }) => ({ input, output })));
  await tx.$executeRaw`
    INSERT INTO recent_input (project_id, baseline_id, keys) VALUES (${projectId}::uuid, ${baselineId}::uuid, ${keys}::jsonb)
    ON CONFLICT (project_id, baseline_id) DO UPDATE SET keys = excluded.keys`;
}

/** Forgets inputs that have not come for longer than is remembered, seen from the newest day. */
export async function forgetOldKeys(
  tx: Tx,
  { projectId, baselineId }: { projectId: string; baselineId: string },
): Promise<number> {
  return tx.$executeRaw`
    DELETE FROM content_key WHERE project_id = ${projectId}::uuid AND (baseline_id <> ${baselineId}::uuid OR day < (
      SELECT max(day) - ${DAYS_REMEMBERED}::int FROM input_day
      WHERE project_id = ${projectId}::uuid AND baseline_id = ${baselineId}::uuid))`;
}
