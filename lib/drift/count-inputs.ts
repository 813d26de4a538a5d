import * as z from "zod";
import type { Db, Tx } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/transaction";
import { type ReadBaseline, readInputBaseline } from "./baseline-json";
import { countStoredRepeats, forgetOldKeys, takeRecentRepeats } from "./count-repeats";
import { evaluateDrift } from "./evaluate-drift";
import { freezeInputBaseline } from "./freeze-input-baseline";
import { lockDrift } from "./lock-drift";
import type { OutputFacts, Repeat } from "./output-facts";
import { noteFindings } from "./note-findings";
import type { RepeatCounts } from "./repeats";
import type { Contribution } from "./score-typicality";
import { type factsRow, keyedRow, storedFacts, storedKey } from "./stored-facts";
import { noWindowCounts, type WindowCounts } from "./window-counts";

/** Rows of waiting outputs taken at once: at most a thousand outputs each. */
const ROWS_AT_ONCE = 4;

/** A pilot that has grown so much since it was frozen is frozen again: its import was not over. */
const FEWEST_NEW_PILOT = 30;
const NEW_PILOT_SHARE = 0.2;

export interface CountedInputs {
  outputs: number;
  /** Windows written by the evaluation. */
  windows: number;
}

/**
 * Counts the outputs that wait, all traffic, sampled or not, by the bins of the pilot; marks the unusual ones; then judges the days that
 * changed. Freezes the first baseline itself, when there is a pilot to freeze. Each output is counted in the transaction that takes it off
 * the waiting list: whatever dies, none is lost or counted twice.
 */
export async function countInputs(db: Db, projectId: string): Promise<CountedInputs> {
  const known = await readInputBaseline(db, projectId);
  if (!known && !(await freezeFirst(db, projectId))) {
    // Freezing puts all production on the list again, so nothing is lost.
    await db.uncountedOutput.deleteMany({ where: { projectId } });
    return { outputs: 0, windows: 0 };
  }
  const first = await countWaiting(db, projectId);
  const grown = first.pilot >= Math.max(FEWEST_NEW_PILOT, NEW_PILOT_SHARE * (known?.outputs ?? Infinity));
  if (grown) await freezeInputBaseline(db, projectId);
  const again = grown ? await countWaiting(db, projectId) : { outputs: 0 };
  const windows = await inTransaction(db, (tx) => judgeCounted(tx, projectId), 240_000);
  return { outputs: first.outputs + again.outputs, windows };
}

/** Only when production has begun: until then the pilot may still be growing. */
async function freezeFirst(db: Db, projectId: string): Promise<{ id: string } | null> {
  const [row] = z.tuple([z.object({ begun: z.boolean() })]).parse(
    await db.$queryRaw`
      SELECT EXISTS (SELECT 1 FROM uncounted_output waiting CROSS JOIN LATERAL unnest(waiting.output_ids) AS listed(id)
        JOIN output ON output.project_id = waiting.project_id AND output.id = listed.id
        WHERE waiting.project_id = ${projectId}::uuid AND output.phase = 'PRODUCTION') AS begun`,
  );
  return row.begun ? freezeInputBaseline(db, projectId, { onlyFirst: true }) : null;
}

async function countWaiting(db: Db, projectId: string): Promise<{ outputs: number; pilot: number }> {
  const sum = { outputs: 0, pilot: 0 };
  for (;;) {
    const step = await inTransaction(db, (tx) => countNext(tx, projectId), 60_000);
    sum.outputs += step.outputs;
    sum.pilot += step.pilot;
    if (step.rows < ROWS_AT_ONCE) return sum;
  }
}

async function judgeCounted(tx: Tx, projectId: string): Promise<number> {
  const windows = await evaluateDrift(tx, projectId);
  const baseline = await readInputBaseline(tx, projectId);
  if (baseline && windows > 0) {
    await noteFindings(tx, projectId, baseline);
    await forgetOldKeys(tx, { projectId, baselineId: baseline.id });
  }
  return windows;
}

const takenRow = z.object({ ids: z.array(z.uuid()) });

async function countNext(
  tx: Tx,
  projectId: string,
): Promise<{ rows: number; outputs: number; pilot: number }> {
  await lockDrift(tx, projectId);
  const baseline = await readInputBaseline(tx, projectId);
  if (!baseline) return { rows: 0, outputs: 0, pilot: 0 };
  const taken = z.array(takenRow).parse(
    await tx.$queryRaw`
      DELETE FROM uncounted_output WHERE seq IN (
        SELECT seq FROM uncounted_output WHERE project_id = ${projectId}::uuid ORDER BY seq LIMIT ${ROWS_AT_ONCE})
      RETURNING output_ids AS ids`,
  );
  let outputs = 0;
  let pilot = 0;
  for (const { ids } of taken) {
    const rows = await tx.$queryRaw`
      SELECT id, day::text, cluster, input, output, confidence, extra, segments, model_name AS model, model_version AS version FROM output
      WHERE project_id = ${projectId}::uuid AND id = ANY (${ids}::uuid[]) AND phase = 'PRODUCTION' ORDER BY id`;
    const read = z.array(keyedRow).parse(rows);
    outputs += read.length;
    pilot += ids.length - read.length;
    const target = { projectId, baselineId: baseline.id };
    const keys = read.map((row) => ({ day: row.day, ...storedKey(row) }));
    const repeats = await countStoredRepeats(tx, target, keys);
    const recent = await takeRecentRepeats(tx, target, keys);
    await writeCounts(tx, target, { days: countDays(baseline, read, recent), repeats });
  }
  return { rows: taken.length, outputs, pilot };
}

interface Unusual {
  id: string;
  rank: number;
  contributions: Contribution[];
}

interface CountedDay {
  outputs: number;
  unusual: Unusual[];
  counts: WindowCounts;
}

function countDays(
  baseline: ReadBaseline,
  rows: readonly z.output<typeof factsRow>[],
  recent: readonly Repeat[],
): Map<string, CountedDay> {
  const days = new Map<string, CountedDay>();
  for (const [at, row] of rows.entries()) {
    const day = days.get(row.day) ?? { outputs: 0, unusual: [], counts: noWindowCounts(baseline.features) };
    const facts: OutputFacts = storedFacts(row);
    const score = baseline.score?.(facts);
    if (score) facts.unusual = score.marked ? "yes" : "no";
    facts.repeat = recent[at] ?? "first";
    baseline.count(day.counts, facts);
    day.outputs += 1;
    if (score?.marked) day.unusual.push({ id: row.id, rank: score.rank, contributions: score.contributions });
    days.set(row.day, day);
  }
  return days;
}

async function writeCounts(
  tx: Tx,
  { projectId, baselineId }: { projectId: string; baselineId: string },
  { days, repeats }: { days: ReadonlyMap<string, CountedDay>; repeats: ReadonlyMap<string, RepeatCounts> },
): Promise<void> {
  if (days.size === 0) return;
  const totals = [...days].map(([day, { outputs, unusual }]) => ({
    day,
    outputs,
    unusual: unusual.length,
    ...(repeats.get(day) ?? { same: 0, other: 0 }),
  }));
  const counts = [...days].flatMap(([day, counted]) =>
    counted.counts.map((bins, feature) => ({ day, feature, counts: `{${bins.join(",")}}` })),
  );
  const marked = [...days].flatMap(([day, { unusual }]) => unusual.map((each) => ({ day, ...each })));
  await tx.$executeRaw`
    INSERT INTO input_day (project_id, baseline_id, day, outputs, unusual, same_answer, other_answer)
    SELECT ${projectId}::uuid, ${baselineId}::uuid, day, outputs, unusual, same, other
    FROM json_to_recordset(${JSON.stringify(totals)}::json) AS row(day date, outputs bigint, unusual bigint, same bigint, other bigint)
    ON CONFLICT (project_id, baseline_id, day) DO UPDATE SET outputs = input_day.outputs + excluded.outputs,
      unusual = input_day.unusual + excluded.unusual, same_answer = input_day.same_answer + excluded.same_answer,
      other_answer = input_day.other_answer + excluded.other_answer, evaluated = false`;
  await tx.$executeRaw`
    INSERT INTO feature_day (project_id, baseline_id, feature, day, counts)
    SELECT ${projectId}::uuid, ${baselineId}::uuid, feature, day, counts::bigint[]
    FROM json_to_recordset(${JSON.stringify(counts)}::json) AS row(feature smallint, day date, counts text)
    ON CONFLICT (project_id, baseline_id, feature, day) DO UPDATE SET counts = (
      SELECT array_agg(COALESCE(a, 0) + COALESCE(b, 0) ORDER BY bin)
      FROM unnest(feature_day.counts, excluded.counts) WITH ORDINALITY AS pair(a, b, bin))`;
  if (marked.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO unusual_output (project_id, baseline_id, output_id, day, rank, contributions)
    SELECT ${projectId}::uuid, ${baselineId}::uuid, id, day, rank, contributions
    FROM jsonb_to_recordset(${JSON.stringify(marked)}::jsonb) AS row(id uuid, day date, rank float8, contributions jsonb)
    ON CONFLICT DO NOTHING`;
}
