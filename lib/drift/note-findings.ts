import * as z from "zod";
import { groupBy } from "@/lib/core/group-by";
import type { Tx } from "@/lib/db/client";
import type { ReadBaseline } from "./baseline-json";
import { type Move, movesOf } from "./drift-findings";
import { readDrift } from "./drift-reading";
import { plainCounts, plainFeature } from "./feature";
import { findingCode } from "./finding-code";
import { addCounts } from "./window-counts";

const windowRow = z.object({
  feature: z.number(),
  to: z.iso.date(),
  noticed: z.boolean(),
  returned: z.boolean(),
  since: z.string().nullable(),
  logTail: z.number().nullable(),
  counts: z.array(z.coerce.number()),
});
type WindowRow = z.output<typeof windowRow>;

/** A bin holds clearly more than in the pilot. */
const GAINED = { factor: 1.2, atLeast: 0.005 };
/** Of a feature that has moved, so many of the newest windows say what its bins hold now. */
const WINDOWS_READ = 7;

/**
 * Writes down what has moved, one note for one move of one attribute, and closes notes of what has ended. A function of the judged windows:
 * whatever is written twice stays as it is, and what late outputs took back is closed. Call it under `lockDrift`, after judging.
 */
export async function noteFindings(tx: Tx, projectId: string, baseline: ReadBaseline): Promise<void> {
  const target = { projectId, baselineId: baseline.id };
  const windows = await readWindows(tx, target);
  const notes = [...groupBy(windows, ({ feature }) => String(feature)).values()].flatMap((own) =>
    movesOf(own).map((move, before) => ({
      feature: own[0]?.feature ?? 0,
      ordinal: before + 1,
      ...move,
      ...sayMove(baseline, move, own),
    })),
  );
  await tx.$executeRaw`
    UPDATE drift_finding SET ended_by = CASE WHEN baseline_id = ${target.baselineId}::uuid THEN 'withdrawn' ELSE 'new_baseline' END,
      closed_at = now()
    WHERE project_id = ${projectId}::uuid AND closed_at IS NULL AND (baseline_id <> ${target.baselineId}::uuid OR NOT EXISTS (
      SELECT 1 FROM jsonb_to_recordset(${JSON.stringify(notes)}::jsonb) AS row(feature smallint, ordinal smallint)
      WHERE row.feature = drift_finding.feature AND row.ordinal = drift_finding.ordinal))`;
  await tx.$executeRaw`
    INSERT INTO drift_finding (project_id, baseline_id, feature, ordinal, code, since, noticed_on, log_tail, ended_on, ended_by, gained,
      closed_at)
    SELECT ${projectId}::uuid, ${target.baselineId}::uuid, feature, ordinal, code, since, "noticedOn", "logTail", "endedOn", "endedBy",
      gained, CASE WHEN "endedBy" IS NOT NULL THEN now() END
    FROM jsonb_to_recordset(${JSON.stringify(notes)}::jsonb) AS row(feature smallint, ordinal smallint, code text, since date,
      "noticedOn" date, "logTail" float8, "endedOn" date, "endedBy" text, gained jsonb)
    ON CONFLICT (project_id, baseline_id, feature, ordinal) DO UPDATE SET code = excluded.code, since = excluded.since,
      noticed_on = excluded.noticed_on, log_tail = excluded.log_tail, ended_on = excluded.ended_on, ended_by = excluded.ended_by,
      gained = excluded.gained,
      closed_at = CASE WHEN excluded.ended_by IS NOT NULL THEN COALESCE(drift_finding.closed_at, excluded.closed_at) END`;
}

/** Windows that raised or ended something; after an open move, the newest ones. */
async function readWindows(
  tx: Tx,
  { projectId, baselineId }: { projectId: string; baselineId: string },
): Promise<WindowRow[]> {
  return z.array(windowRow).parse(
    await tx.$queryRaw`
      SELECT feature, to_day::text AS to, noticed, returned, since, log_tail AS "logTail", counts::text[] AS counts FROM (
        SELECT feature, to_day, noticed, returned, state ->> 'movedSince' AS since, log_tail, counts,
          row_number() OVER (PARTITION BY feature ORDER BY to_day DESC) AS newest
        FROM drift_window WHERE project_id = ${projectId}::uuid AND baseline_id = ${baselineId}::uuid) judged
      WHERE noticed OR returned OR newest <= ${WINDOWS_READ}
      ORDER BY feature, to_day`,
  );
}

function sayMove({ features }: ReadBaseline, move: Move, windows: readonly WindowRow[]) {
  const stored = features[windows[0]?.feature ?? -1];
  if (!stored) throw new Error("A window is of an attribute that the baseline does not have.");
  const { noticedOn, endedOn } = move;
  const own = windows.filter(({ to }) => to >= noticedOn && (endedOn === null || to < endedOn));
  const counts = own
    .slice(-WINDOWS_READ)
    .reduce<number[]>((sum, window) => addCounts(sum, window.counts), []);
  const reading = readDrift(plainFeature(stored), plainCounts(stored.bins, counts), 1);
  const gained = (reading?.bins ?? [])
    .filter(({ pilot, now }) => now > GAINED.factor * pilot + GAINED.atLeast)
    .map(({ bin, pilot, now }) => ({ bin, pilot, now }));
  return { code: findingCode(stored.path, reading), gained };
}
