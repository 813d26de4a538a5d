import type { Db } from "@/lib/db/client";
import type { DemoState } from "./schema";

interface Run {
  startedAt: Date | null;
  finishedAt: Date | null;
  weeksDone: number;
  weeksAll: number;
  problem: string | null;
}

/** Whether there is a demo project, and how far it is while it is made. */
export async function readDemo(db: Db, now: Date): Promise<DemoState> {
  const [run, project] = await Promise.all([
    db.demoRun.findUnique({ where: { id: 1 } }),
    db.project.findFirst({ where: { isDemo: true, archivedAt: null }, select: { slug: true } }),
  ]);
  return demoState(run, project?.slug ?? null, now);
}

/** Pure: what the last run and the project that is there say together. */
export function demoState(run: Run | null, slug: string | null, now: Date): DemoState {
  const isMaking = run !== null && run.finishedAt === null;
  const weeks = { weeks_done: run?.weeksDone ?? 0, weeks_all: run?.weeksAll ?? 0 };
  if (isMaking)
    return { state: "making", slug, ...weeks, seconds_left: secondsLeft(run, now), problem: null };
  const settled = { slug, ...weeks, seconds_left: null };
  if (slug !== null) return { state: "ready", ...settled, problem: null };
  return run?.problem
    ? { state: "failed", ...settled, problem: run.problem }
    : { state: "none", ...settled, problem: null };
}

/** At the pace of the weeks so far. */
function secondsLeft({ startedAt, weeksDone, weeksAll }: Run, now: Date): number | null {
  if (startedAt === null || weeksDone === 0) return null;
  const seconds = Math.max(0, (now.getTime() - startedAt.getTime()) / 1000);
  return Math.ceil((seconds / weeksDone) * (weeksAll - weeksDone));
}
