import * as z from "zod";
import { newId } from "@/lib/core/id";
import type { Db, Tx } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/transaction";
import { fitWatched } from "./fit-features";
import { lockDrift } from "./lock-drift";
import { meanClusterSize } from "./mean-cluster-size";
import type { ClusteredFacts } from "./output-facts";
import { repeatFeature } from "./recent-repeats";
import { keepRecent } from "./count-repeats";
import { countRepeats, type ContentKey } from "./repeats";
import { keyedRow, storedFacts, storedKey } from "./stored-facts";
import { fitTypicality } from "./typicality-model";
import { unusualFeature } from "./unusual-feature";

/** Fewer say nothing about shares. */
const FEWEST_PILOT = 30;
const MOST_PILOT = 10_000;
const PAGE = 500;
const MOST_BYTES = 64 * 1024 * 1024;
/** Of production before the freeze, so many days are counted again against the new baseline. */
const DAYS_COUNTED_AGAIN = 180;

/**
 * Freezes what the pilot's inputs look like, from ten thousand of its outputs at most, drawn by their random numbers; production of the last
 * half year is then counted against it. Null when the pilot has too few outputs; with `onlyFirst` one that is there stays. Counting waits meanwhile, so that every output is counted
 * once.
 */
export async function freezeInputBaseline(
  db: Db,
  projectId: string,
  options: { onlyFirst?: boolean } = {},
): Promise<{ id: string } | null> {
  return inTransaction(
    db,
    async (tx) => {
      await lockDrift(tx, projectId);
      if (options.onlyFirst) {
        const known = await tx.inputBaseline.findFirst({ where: { projectId }, select: { id: true } });
        if (known) return known;
      }
      const { pilot, isWhole } = await readPilot(tx, projectId);
      if (pilot.length < FEWEST_PILOT) return null;
      const id = newId();
      const clusterSize = meanClusterSize(pilot.map(({ cluster }) => cluster));
      const repeats = countRepeats(
        pilot.map(({ key }) => key),
        new Map(),
      );
      const typicality = fitTypicality(pilot);
      const { features: fields, unwatched } = fitWatched(pilot);
      const inOrder = pilot.toSorted((a, b) => a.occurredAt - b.occurredAt || (a.id < b.id ? -1 : 1));
      // Of a pilot that was drawn from, neighbours are not all there.
      const again = isWhole ? repeatFeature(inOrder) : null;
      const share = typicality.on ? [unusualFeature(typicality.calibrated, clusterSize)] : [];
      const features = JSON.stringify({
        features: [...fields, ...(again ? [again.feature] : []), ...share],
        unwatched,
        clusterSize,
        repeats,
      });
      await tx.$executeRaw`
        INSERT INTO input_baseline (project_id, id, outputs, features, typicality)
        VALUES (${projectId}::uuid, ${id}::uuid, ${pilot.length}, ${features}::jsonb, ${JSON.stringify(typicality)}::jsonb)`;
      if (again) await keepRecent(tx, { projectId, baselineId: id }, again.recent);
      await countAgain(tx, projectId);
      return { id };
    },
    240_000,
  );
}

const pilotRow = keyedRow.extend({ randomNumber: z.number(), bytes: z.number(), occurredAt: z.date() });

type PilotOutput = ClusteredFacts & { id: string; occurredAt: number; key: ContentKey };

async function readPilot(tx: Tx, projectId: string): Promise<{ pilot: PilotOutput[]; isWhole: boolean }> {
  const pilot: PilotOutput[] = [];
  let bytes = 0;
  let after = { number: -1, id: "00000000-0000-0000-0000-000000000000" };
  while (pilot.length < MOST_PILOT && bytes < MOST_BYTES) {
    const rows = await tx.$queryRaw`
      SELECT id, day::text, cluster, input, output, confidence, extra, segments, model_name AS model,
        model_version AS version, occurred_at AS "occurredAt", random_number AS "randomNumber",
        pg_column_size(input) + pg_column_size(output) AS bytes
      FROM output WHERE project_id = ${projectId}::uuid AND phase = 'PILOT'
        AND (random_number, id) > (${after.number}, ${after.id}::uuid)
      ORDER BY random_number, id LIMIT ${PAGE}`;
    const page = z.array(pilotRow).parse(rows);
    for (const row of page) {
      pilot.push({
        id: row.id,
        occurredAt: row.occurredAt.getTime(),
        facts: storedFacts(row),
        cluster: row.cluster ?? row.id,
        key: storedKey(row),
      });
      bytes += row.bytes;
      after = { number: row.randomNumber, id: row.id };
    }
    if (page.length < PAGE) return { pilot, isWhole: true };
  }
  return { pilot, isWhole: false };
}

/** One statement, so that what waits and what is there are seen at the same instant. */
async function countAgain(tx: Tx, projectId: string): Promise<void> {
  await tx.$executeRaw`
    WITH gone AS (DELETE FROM uncounted_output WHERE project_id = ${projectId}::uuid),
      newest AS (SELECT max(day) - ${DAYS_COUNTED_AGAIN}::int AS day FROM output WHERE project_id = ${projectId}::uuid)
    INSERT INTO uncounted_output (project_id, output_ids)
    SELECT ${projectId}::uuid, array_agg(id) FROM (
      SELECT id, (row_number() OVER (ORDER BY occurred_at, id) - 1) / 1000 AS part FROM output
      WHERE project_id = ${projectId}::uuid AND phase = 'PRODUCTION' AND day >= (SELECT day FROM newest)) numbered
    GROUP BY part ORDER BY part`;
}
