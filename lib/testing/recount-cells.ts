import type pg from "pg";
import { OTHER_VALUE } from "@/lib/core/segment-value";

/** One output with everything an estimate needs, read from raw rows only. */
interface RawOutput {
  epoch_id: string;
  stratum_id: string;
  phase: string;
  attribute: string;
  rate: number;
  id: string;
  cluster: string | null;
  day: string;
  segments: Record<string, string>;
  source_probability: number;
  random_number: number;
  copies: number;
  copy_of: string | null;
  state: string | null;
  score: number | null;
}

export interface RecountedCell {
  observations: number;
  outputs: number;
  sumWeight: number;
  sumWeight2: number;
  sumWeightScore: number;
  sumWeight2Score: number;
  unsureOutputs: number;
  population: number;
}

/**
 * The cells of a project, computed again in JavaScript from outputs and samples: an independent check of the database's sums. Keys
 * are "DAY 2026-03-02 attribute=value PHASE stratum".
 */
export async function recountCells(pool: pg.Pool, projectId: string): Promise<Map<string, RecountedCell>> {
  const { rows } = await pool.query<RawOutput>(
    `SELECT output.epoch_id, output.stratum_id, stratum.phase, stratum.attribute, opened.rate, output.id, cluster, day::text, segments,
       source_probability, output.random_number, copies, copy_of, sample.state, sample.score
     FROM output JOIN stratum_epoch opened USING (project_id, epoch_id, stratum_id)
     JOIN stratum ON stratum.project_id = output.project_id AND stratum.id = output.stratum_id
     LEFT JOIN sample ON sample.project_id = output.project_id AND sample.output_id = output.id
     WHERE output.project_id = $1 AND NOT (output.phase = 'HELD' AND output.random_number = 1)`,
    [projectId],
  );
  const cut = new Map<string, number>();
  for (const row of rows) {
    const key = `${row.epoch_id} ${row.stratum_id}`;
    const waits = row.copy_of === null && (row.state === "QUEUED" || row.state === "WITHDRAWN");
    const open = waits ? row.random_number : 1;
    cut.set(key, Math.min(cut.get(key) ?? row.rate, open));
  }
  const cells = new Map<
    string,
    RecountedCell & { units: Map<string, { weight: number; weightScore: number }> }
  >();
  const shown = await shownValues(pool, projectId);
  const byId = new Map(rows.map((row) => [row.id, row]));
  for (const row of rows) {
    const leader = byId.get(row.copy_of ?? row.id) ?? row;
    addOutput(
      cells,
      { row: { ...row, segments: shown(row) }, leader },
      cut.get(`${row.epoch_id} ${row.stratum_id}`) ?? 0,
    );
  }
  for (const cell of cells.values()) {
    for (const { weight, weightScore } of cell.units.values()) {
      const score = weightScore / weight;
      cell.observations += 1;
      cell.sumWeight += weight;
      cell.sumWeight2 += weight ** 2;
      cell.sumWeightScore += weight * score;
      cell.sumWeight2Score += weight ** 2 * score;
    }
  }
  return cells;
}

/** Segments with the values under which an epoch counts them: where others are counted together, only those with a row are their own. */
async function shownValues(pool: pg.Pool, projectId: string) {
  const { rows } = await pool.query<{ epoch_id: string; attribute: string; value: string }>(
    "SELECT DISTINCT epoch_id, attribute, value FROM population_count WHERE project_id = $1",
    [projectId],
  );
  const counted = new Set(rows.map((row) => JSON.stringify([row.epoch_id, row.attribute, row.value])));
  const has = (...place: string[]) => counted.has(JSON.stringify(place));
  return ({ epoch_id: epoch, segments }: RawOutput): Record<string, string> =>
    Object.fromEntries(
      Object.entries(segments).map(([attribute, value]) => {
        const together = has(epoch, attribute, OTHER_VALUE) && !has(epoch, attribute, value);
        return [attribute, together ? OTHER_VALUE : value];
      }),
    );
}

type OpenCell = RecountedCell & { units: Map<string, { weight: number; weightScore: number }> };

/** `leader` is the output that is drawn for it: itself, or the one that it is a copy of. */
function addOutput(
  cells: Map<string, OpenCell>,
  { row, leader }: { row: RawOutput; leader: RawOutput },
  cut: number,
): void {
  for (const period of periods(row.day)) {
    for (const [attribute, value] of [["", ""], ...Object.entries(row.segments)]) {
      const key = `${period} ${attribute}=${value} ${row.phase} ${row.stratum_id}`;
      const cell = cells.get(key) ?? emptyCell();
      cells.set(key, cell);
      cell.population += 1 / row.source_probability;
      if (leader.random_number >= cut) continue;
      if (leader.state === "UNSURE" && row.id === leader.id) cell.unsureOutputs += 1;
      if (leader.state !== "SETTLED" || leader.score === null) continue;
      const weight = 1 / (Math.min(1, cut * (1 + leader.copies)) * row.source_probability);
      const name = leader.cluster ?? leader.id;
      const unit = cell.units.get(name) ?? { weight: 0, weightScore: 0 };
      cell.units.set(name, {
        weight: unit.weight + weight,
        weightScore: unit.weightScore + weight * leader.score,
      });
      if (row.id === leader.id) cell.outputs += 1;
    }
  }
}

function emptyCell(): OpenCell {
  const sums = {
    observations: 0,
    outputs: 0,
    sumWeight: 0,
    sumWeight2: 0,
    sumWeightScore: 0,
    sumWeight2Score: 0,
  };
  return { ...sums, unsureOutputs: 0, population: 0, units: new Map() };
}

function periods(day: string): string[] {
  const date = new Date(`${day}T00:00:00Z`);
  const monday = new Date(date.getTime() - ((date.getUTCDay() + 6) % 7) * 86_400_000);
  return [`DAY ${day}`, `WEEK ${monday.toISOString().slice(0, 10)}`, `MONTH ${day.slice(0, 7)}-01`];
}
