import type { Db, Tx } from "@/lib/db/client";
import type { MonitorPlan } from "@/lib/db/generated/client";
import { inTransaction } from "@/lib/db/transaction";
import * as z from "zod";
import { insertMonitorPlan } from "./insert-monitor-plan";
import { lockMonitors } from "./lock-monitors";
import { readBoundaries } from "./pilot-boundaries";
import { type MonitorSettings, monitorPilotSchema } from "./schema";

const MOST_ATTRIBUTES = 5;
/** A single value is the whole stream; with more of them each has too few reviews. */
const FEWEST_VALUES = 2;
const MOST_VALUES = 200;

/** What the first version says besides its attributes. */
export const FIRST_SETTINGS = {
  floor: null,
  tolerance: 0.01,
  accepted_per_year: 0.5,
  unsure_counts_wrong: false,
};

/**
 * Makes the first version of what is watched when a cohort has closed and the pilot gives a boundary, and another one when a baseline
 * was frozen that the newest version does not know. Returns the version that it made, or null.
 */
export async function ensureMonitorPlan(db: Db, projectId: string): Promise<MonitorPlan | null> {
  if (!(await isWanted(db, projectId))) return null;
  return inTransaction(
    db,
    async (tx) => {
      await lockMonitors(tx, projectId);
      const newest = await tx.monitorPlan.findFirst({
        where: { projectId },
        orderBy: { version: "desc" },
      });
      return newest ? await followBaseline(tx, projectId, newest) : await makeFirst(tx, projectId);
    },
    60_000,
  );
}

const wantedRow = z.tuple([z.object({ wanted: z.boolean() })]);

/** One look before anything is locked: nearly always there is nothing to do. */
async function isWanted(db: Db, projectId: string): Promise<boolean> {
  const rows = await db.$queryRaw`
    SELECT CASE WHEN EXISTS (SELECT 1 FROM monitor_plan WHERE project_id = ${projectId}::uuid)
      THEN EXISTS (SELECT 1 FROM baseline WHERE project_id = ${projectId}::uuid)
      ELSE EXISTS (SELECT 1 FROM cohort WHERE project_id = ${projectId}::uuid) END AS wanted`;
  return wantedRow.parse(rows)[0].wanted;
}

async function makeFirst(tx: Tx, projectId: string): Promise<MonitorPlan | null> {
  const closed = await tx.cohort.findFirst({ where: { projectId }, select: { sequence: true } });
  if (!closed) return null;
  const settings = { ...FIRST_SETTINGS, attributes: await suggestedAttributes(tx, projectId) };
  const boundaries = await readBoundaries(tx, projectId, settings);
  if (!boundaries) return null;
  return insertMonitorPlan(tx, projectId, {
    settings,
    boundaries,
    reason: "automatic",
    note: null,
    createdBy: null,
  });
}

/** A promised floor does not depend on the pilot: starting from zero would only forget evidence. */
async function followBaseline(tx: Tx, projectId: string, newest: MonitorPlan): Promise<MonitorPlan | null> {
  if (newest.floor !== null) return null;
  const baseline = await tx.baseline.findFirst({
    where: { projectId },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    select: { createdAt: true, createdBy: true, note: true },
  });
  const known = newest.pilot === null ? null : monitorPilotSchema.parse(newest.pilot).frozen_at;
  if (!baseline || baseline.createdAt.toISOString() === known) return null;
  const settings: MonitorSettings = {
    attributes: newest.attributes,
    floor: null,
    tolerance: newest.tolerance,
    accepted_per_year: newest.acceptedPerYear,
    unsure_counts_wrong: newest.unsureCountsWrong,
  };
  const boundaries = await readBoundaries(tx, projectId, settings);
  if (!boundaries) return null;
  const { createdBy, note } = baseline;
  return insertMonitorPlan(tx, projectId, { settings, boundaries, reason: "baseline", note, createdBy });
}

const attributeRow = z.object({ attribute: z.string() });

/** Attributes with few values first: each of them has the more reviews. */
export async function suggestedAttributes(db: Db, projectId: string): Promise<string[]> {
  const rows = await db.$queryRaw`
    SELECT attribute FROM (
      SELECT attribute, value FROM population_count WHERE project_id = ${projectId}::uuid
      UNION SELECT attribute, value FROM population_delta WHERE project_id = ${projectId}::uuid) seen
    WHERE attribute <> '' GROUP BY attribute HAVING count(*) BETWEEN ${FEWEST_VALUES} AND ${MOST_VALUES}
    ORDER BY count(*), attribute COLLATE "C" LIMIT ${MOST_ATTRIBUTES}`;
  return z
    .array(attributeRow)
    .parse(rows)
    .map(({ attribute }) => attribute);
}
