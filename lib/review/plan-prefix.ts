import type { Ctx } from "@/lib/core/ctx";
import { type PlanRow, readPlanProgress } from "./queue-plan";

/** A number that moved with each item would tell a reviewer which ones are served to measure them: those never move it. */
const STEP_MS = 10 * 60_000;

/** How far the samples that the plan counts on are done without a gap. */
export interface PlanPrefix {
  /** Before the first that nobody has judged, in drawn order. */
  done: number;
  planned: number;
  /** Mondays, the first and the last of the weeks that are meant. */
  since: string;
  until: string;
}

type ToldPrefix = PlanPrefix & { at: Date };

/** Of so many planned samples the prefix is read once in its ten minutes; it is not meant to move within them. */
const MANY = 1_000;
/** By project; the one that was not asked for longest goes. */
const MOST_REMEMBERED = 500;
const remembered = new Map<string, ToldPrefix>();

/** The prefix as it was at the last full ten minutes. */
export async function readPlanPrefix(ctx: Ctx): Promise<ToldPrefix | null> {
  const at = new Date(Math.floor(ctx.now.getTime() / STEP_MS) * STEP_MS);
  const { id } = ctx.project;
  const known = remembered.get(id);
  remembered.delete(id);
  if (known?.at.getTime() === at.getTime()) {
    remembered.set(id, known);
    return known;
  }
  const rows = await readPlanProgress(ctx, at);
  const prefix = planPrefix(rows);
  if (!prefix) return null;
  const told = { ...prefix, at };
  if (rows.reduce((sum, { planned }) => sum + planned, 0) >= MANY) remember(id, told);
  return told;
}

function remember(projectId: string, told: ToldPrefix): void {
  const [oldest] = remembered.keys();
  if (oldest !== undefined && remembered.size >= MOST_REMEMBERED) remembered.delete(oldest);
  remembered.set(projectId, told);
}

/**
 * The prefix of the weeks in which something is due, of the newest week when nothing is; null when nothing was drawn. Within each
 * stratum and period the prefix is a random sample by itself, and so is their sum.
 */
export function planPrefix(rows: readonly PlanRow[]): PlanPrefix | null {
  const weeks = [...new Set(rows.map(({ week }) => week))].sort();
  const due = weeks.filter((week) => rows.some((row) => row.week === week && row.due > 0));
  const meant = due.length > 0 ? due : weeks.slice(-1);
  const [since, until] = [meant[0], meant.at(-1)];
  if (since === undefined || until === undefined) return null;
  const shown = rows.filter(({ week }) => meant.includes(week));
  return {
    done: shown.reduce((sum, { prefix }) => sum + prefix, 0),
    planned: shown.reduce((sum, { planned }) => sum + planned, 0),
    since,
    until,
  };
}
