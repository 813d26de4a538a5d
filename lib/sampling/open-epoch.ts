import { newId } from "@/lib/core/id";
import type { Db, Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { inTransaction } from "@/lib/db/transaction";
import * as z from "zod";
import { readPastErrors, smoothedError } from "./past-error";
import { forecastVolumes, readPastVolumes } from "./past-volume";
import { planNumbers } from "./plan-numbers";
import { epochBudget, OVERDRAW, type PlannedRates, planRates, type RatedStratum } from "./plan-rates";

export type Clock = "LIVE" | "RECORDED";

export const DAY_MS = 86_400_000;
/** A stratum with less expected traffic than one output in a hundred days is opened when it is seen again. */
const LEAST_VOLUME = 0.01;

const epochRow = z.object({
  id: z.uuid(),
  startsAt: z.date(),
  endsAt: z.date(),
  planId: z.uuid(),
  attribute: z.string().nullable(),
  doubleReviewShare: z.number(),
  unseenRate: z.number(),
});
export type OpenEpoch = z.output<typeof epochRow>;

/** Start of the UTC day of an instant. */
export function utcDay(instant: Date): Date {
  return new Date(Math.floor(instant.getTime() / DAY_MS) * DAY_MS);
}

/**
 * The epoch in which an instant lies, opened when it is the first to be seen there: its rates come from the volumes and labels of
 * earlier epochs only. Of several processes that open the same one, the first wins and the others read it.
 */
export async function openEpoch(db: Db, projectId: string, clock: Clock, instant: Date): Promise<OpenEpoch> {
  const known = await findEpoch(db, projectId, clock, instant);
  if (known) return known;
  return inTransaction(db, async (tx) => {
    await lockSampling(tx, projectId);
    const opened = await findEpoch(tx, projectId, clock, instant);
    if (opened) return opened;
    const start = utcDay(instant);
    await insertEpoch(tx, { projectId, clock, startsAt: start, endsAt: new Date(start.getTime() + DAY_MS) });
    const created = await findEpoch(tx, projectId, clock, instant);
    if (!created) throw new Error("The epoch that was just opened is not there.");
    return created;
  });
}

/** Opening, settling and changing the plan of one project happen one after the other. */
export async function lockSampling(tx: Tx, projectId: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM project WHERE id = ${projectId}::uuid FOR NO KEY UPDATE`;
}

const EPOCHS = Prisma.sql`
  SELECT epoch.id, starts_at AS "startsAt", ends_at AS "endsAt", plan_id AS "planId", unseen_rate AS "unseenRate",
    plan.attribute, plan.double_review_share AS "doubleReviewShare"
  FROM epoch JOIN sampling_plan plan ON plan.project_id = epoch.project_id AND plan.id = epoch.plan_id`;

/** @throws Error when the project has no such epoch. */
export async function findEpochById(db: Db, projectId: string, id: string): Promise<OpenEpoch> {
  const rows =
    await db.$queryRaw`${EPOCHS} WHERE epoch.project_id = ${projectId}::uuid AND epoch.id = ${id}::uuid`;
  return z.tuple([epochRow]).parse(rows)[0];
}

async function findEpoch(
  db: Db,
  projectId: string,
  clock: Clock,
  instant: Date,
): Promise<OpenEpoch | undefined> {
  const rows = await db.$queryRaw`
    ${EPOCHS} WHERE epoch.project_id = ${projectId}::uuid AND clock = ${clock}::epoch_clock
      AND starts_at <= ${instant} AND ends_at > ${instant}
    ORDER BY starts_at DESC LIMIT 1`;
  return z.array(epochRow).parse(rows)[0];
}

export interface NewEpoch {
  projectId: string;
  clock: Clock;
  startsAt: Date;
  endsAt: Date;
}

/** Writes an epoch under the newest plan, with the rates of all strata that are expected in it. Call it under `lockSampling`. */
export async function insertEpoch(tx: Tx, epoch: NewEpoch): Promise<void> {
  const { projectId, clock, startsAt, endsAt } = epoch;
  const plan = await tx.samplingPlan.findFirst({ where: { projectId }, orderBy: { version: "desc" } });
  if (!plan) throw new Error("The project has no sampling plan.");
  const lengthDays = (endsAt.getTime() - startsAt.getTime()) / DAY_MS;
  const day = utcDay(startsAt);
  const forecast = forecastVolumes(await readPastVolumes(tx, projectId, startsAt), day);
  const errors = await readPastErrors(tx, projectId, startsAt);
  const strata = await readStrata(tx, projectId, plan.attribute, forecast);
  const rated = strata.map(
    ({ id, value, flagged }): RatedStratum => ({
      id,
      value,
      flagged,
      volume: (forecast.get(id) ?? 0) * lengthDays,
      pastError: smoothedError(errors, id),
    }),
  );
  const perDay = [...forecast.values()].reduce((sum, each) => sum + each, 0) || plan.expectedPerDay;
  const numbers = planNumbers(plan);
  const budget = epochBudget(numbers, { epoch: perDay * lengthDays, week: perDay * 7, lengthDays });
  const averageRate = budget / (perDay * lengthDays);
  const expected = rated.reduce((sum, each) => sum + each.volume, 0);
  const planned = planRates(numbers, averageRate * expected, rated);
  const id = newId();
  const unseenRate = Math.min(1, OVERDRAW * averageRate);
  await tx.epoch.create({ data: { projectId, id, clock, startsAt, endsAt, planId: plan.id, unseenRate } });
  await insertStratumEpochs(tx, { projectId, epochId: id, rated, planned });
}

async function readStrata(
  tx: Tx,
  projectId: string,
  attribute: string | null,
  forecast: Map<string, number>,
) {
  const expected = [...forecast].filter(([, volume]) => volume >= LEAST_VOLUME).map(([id]) => id);
  return tx.stratum.findMany({
    where: { projectId, id: { in: expected }, OR: [{ attribute: attribute ?? "" }, { phase: "HELD" }] },
    select: { id: true, value: true, flagged: true },
  });
}

async function insertStratumEpochs(
  tx: Tx,
  epoch: { projectId: string; epochId: string; rated: readonly RatedStratum[]; planned: PlannedRates },
): Promise<void> {
  const rows = epoch.rated.flatMap(({ id, pastError }) => {
    const planned = epoch.planned.get(id);
    return planned ? [{ id, pastError, ...planned }] : [];
  });
  if (rows.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO stratum_epoch (project_id, epoch_id, stratum_id, rate, target, past_error, effective_rate)
    SELECT ${epoch.projectId}::uuid, ${epoch.epochId}::uuid, id, rate, target, "pastError", rate
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS row(id uuid, rate float8, target float8, "pastError" float8)
    ON CONFLICT DO NOTHING`;
}
