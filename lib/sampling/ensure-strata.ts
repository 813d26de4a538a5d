import { newId } from "@/lib/core/id";
import { OTHER_VALUE } from "@/lib/core/segment-value";
import type { Db, Tx } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/transaction";
import * as z from "zod";
import { lockSampling, type OpenEpoch } from "./open-epoch";
import { readPastErrors, smoothedError } from "./past-error";
import { MOST_STRATUM_VALUES, type StratumKey, stratumKeyText, TRUTH_ATTRIBUTE } from "./sampling-unit";

const placeRow = z.object({
  stratumId: z.uuid(),
  phase: z.enum(["PILOT", "PRODUCTION", "HELD"]),
  attribute: z.string(),
  value: z.string(),
  flagged: z.boolean(),
  rate: z.number(),
});

export interface StratumPlace {
  stratumId: string;
  rate: number;
}

/** The strata of an epoch that are open, by stratumKeyText. */
export async function readStratumPlaces(
  db: Db,
  projectId: string,
  epochId: string,
): Promise<Map<string, StratumPlace>> {
  const rows = await db.$queryRaw`
    SELECT stratum.id AS "stratumId", stratum.phase::text, stratum.attribute, stratum.value, stratum.flagged, rate
    FROM stratum_epoch JOIN stratum ON stratum.project_id = stratum_epoch.project_id AND stratum.id = stratum_epoch.stratum_id
    WHERE stratum_epoch.project_id = ${projectId}::uuid AND epoch_id = ${epochId}::uuid`;
  const places = z.array(placeRow).parse(rows);
  return new Map(places.map((row) => [stratumKeyText(row), { stratumId: row.stratumId, rate: row.rate }]));
}

/**
 * Opens strata that are first seen in this epoch, at the epoch's rate for unseen ones. Values beyond the first
 * MOST_STRATUM_VALUES share one stratum. Returns the places of exactly the asked keys.
 */
export async function ensureStrata(
  db: Db,
  epoch: OpenEpoch & { projectId: string },
  keys: readonly StratumKey[],
): Promise<Map<string, StratumPlace>> {
  return inTransaction(db, async (tx) => {
    await lockSampling(tx, epoch.projectId);
    const asked = new Map<string, StratumKey>();
    const bound = await valueBound(tx, epoch.projectId);
    for (const key of keys) asked.set(stratumKeyText(key), bound(key));
    await openStrata(tx, epoch, [
      ...new Map([...asked.values()].map((key) => [stratumKeyText(key), key])).values(),
    ]);
    const open = await readStratumPlaces(tx, epoch.projectId, epoch.id);
    const places = new Map<string, StratumPlace>();
    for (const [text, key] of asked) {
      const place = open.get(stratumKeyText(key));
      if (!place) throw new Error(`The stratum ${text} could not be opened.`);
      places.set(text, place);
    }
    return places;
  });
}

/** Admits values to strata of their own while there are few; the others share one. */
async function valueBound(tx: Tx, projectId: string): Promise<(key: StratumKey) => StratumKey> {
  const strata = await tx.stratum.findMany({
    where: { projectId },
    distinct: ["phase", "attribute", "value"],
    select: { phase: true, attribute: true, value: true },
  });
  const values = new Map<string, Set<string>>();
  const valuesOf = ({ phase, attribute }: Pick<StratumKey, "phase" | "attribute">) => {
    const known = values.get(`${phase}|${attribute}`) ?? new Set<string>();
    values.set(`${phase}|${attribute}`, known);
    return known;
  };
  for (const stratum of strata) valuesOf(stratum).add(stratum.value);
  return (key) => {
    const admitted = valuesOf(key);
    if (!admitted.has(key.value) && admitted.size >= MOST_STRATUM_VALUES)
      return { ...key, value: OTHER_VALUE };
    admitted.add(key.value);
    return key;
  };
}

async function openStrata(
  tx: Tx,
  epoch: OpenEpoch & { projectId: string },
  keys: readonly StratumKey[],
): Promise<void> {
  const { projectId } = epoch;
  const errors = await readPastErrors(tx, projectId, epoch.startsAt);
  for (const key of keys) {
    const stratum = await tx.stratum.upsert({
      where: { projectId_phase_attribute_value_flagged: { projectId, ...key } },
      create: { projectId, id: newId(), ...key },
      update: {},
    });
    const rate = key.attribute === TRUTH_ATTRIBUTE ? 1 : epoch.unseenRate;
    await tx.$executeRaw`
      INSERT INTO stratum_epoch (project_id, epoch_id, stratum_id, rate, target, past_error, effective_rate)
      VALUES (${projectId}::uuid, ${epoch.id}::uuid, ${stratum.id}::uuid, ${rate}, 0, ${smoothedError(errors, stratum.id)}, ${rate})
      ON CONFLICT DO NOTHING`;
  }
}
