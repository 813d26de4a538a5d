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
  for (;;) {
    const step = await inTransaction(db, (tx) => feedNext(tx, projectId), 240_000);
    if (step === null) break;
    sum.fed += step.fed;
    sum.opened += step.opened;
  }
  await noteEvaluated(db, [projectId]);
  return sum;
}

const nextRow = z.object({ sequence: z.number() });

/**
 * Feeds the next cohort of the newest version; null when nothing is left. The step forward is a conditional update, made first: whoever
 * else feeds the same cohort waits for it and then finds it fed.
 */
async function feedNext(tx: Tx, projectId: string): Promise<Pick<Evaluation, "fed" | "opened"> | null> {
  await lockMonitors(tx, projectId);
  const watch = await readWatch(tx, projectId);
  if (!watch) return null;
  const { planId, fedSequence } = watch;
  const rows = await tx.$queryRaw`
    SELECT sequence FROM cohort WHERE project_id = ${projectId}::uuid AND sequence > ${fedSequence}
    ORDER BY sequence LIMIT 1`;
  const next = z.array(nextRow).parse(rows)[0]?.sequence;
  if (next === undefined) return null;
  const stepped = await tx.$executeRaw`
    UPDATE monitor_run SET fed_sequence = ${next}
    WHERE project_id = ${projectId}::uuid AND plan_id = ${planId}::uuid AND fed_sequence = ${fedSequence}`;
  if (stepped === 0) return { fed: 0, opened: 0 };
  const { opened } = await feedCohorts(tx, watch, { from: next, to: next });
  return { fed: 1, opened };
}
