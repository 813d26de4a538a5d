import type { Db, Tx } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/transaction";
import * as z from "zod";
import { type ClosedCohorts, closeCohorts } from "./close-cohorts";
import { ensureMonitorPlan } from "./ensure-monitor-plan";
import { feedCohorts } from "./feed-cohorts";
import { lockMonitors } from "./lock-monitors";
import { noteEvaluated } from "./note-evaluated";
import { readWatch } from "./read-watch";

export interface Evaluation extends ClosedCohorts {
  /** Cohorts fed to the detectors, and incidents that this opened. */
  fed: number;
  opened: number;
}

/**
 * Brings the monitors of a project up to date: closes cohorts, corrects labels, and feeds every closed cohort, one transaction each, to
 * the detectors of the newest version. Several may run at once and each may die anywhere: what was committed stays, the next run goes
 * on there, and nothing is fed twice.
 */
export async function evaluateMonitors(db: Db, projectId: string): Promise<Evaluation> {
  const closed = await closeCohorts(db, projectId);
  await ensureMonitorPlan(db, projectId);
  const sum = { ...closed, fed: 0, opened: 0 };
  for (let more = true; more; ) {
    const step = await inTransaction(db, (tx) => feedNext(tx, projectId), 240_000);
    sum.fed += step.fed;
    sum.opened += step.opened;
    more = step.more;
  }
  await noteEvaluated(db, [projectId]);
  return sum;
}

const NOTHING = { fed: 0, opened: 0, more: false };
const nextRow = z.object({ sequence: z.number() });

/**
 * Feeds the next cohort of the newest version. The step forward is a conditional update, made first: whoever else feeds the same cohort
 * waits for it, then finds it fed and goes on with the one after.
 */
async function feedNext(tx: Tx, projectId: string): Promise<typeof NOTHING> {
  await lockMonitors(tx, projectId);
  const watch = await readWatch(tx, projectId);
  if (!watch) return NOTHING;
  const { planId, fedSequence } = watch;
  const rows = await tx.$queryRaw`
    SELECT sequence FROM cohort WHERE project_id = ${projectId}::uuid AND sequence > ${fedSequence}
    ORDER BY sequence LIMIT 2`;
  const [next, after] = z.array(nextRow).parse(rows);
  if (!next) return NOTHING;
  const stepped = await tx.$executeRaw`
    UPDATE monitor_run SET fed_sequence = ${next.sequence}
    WHERE project_id = ${projectId}::uuid AND plan_id = ${planId}::uuid AND fed_sequence = ${fedSequence}`;
  if (stepped === 0) return { ...NOTHING, more: true };
  const { opened } = await feedCohorts(tx, watch, { from: next.sequence, to: next.sequence });
  return { fed: 1, opened, more: after !== undefined };
}
