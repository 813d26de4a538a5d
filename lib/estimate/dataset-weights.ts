import * as z from "zod";

import type { Ctx } from "@/lib/core/ctx";
import { inTransaction } from "@/lib/db/transaction";
import { sharedProbability } from "@/lib/sampling/content-share";
import { heldFactors } from "./all-traffic";
import { stratumFactors } from "./cell-estimate";
import type { DatasetQuery } from "./dataset-schema";
import { type Phase, readCells } from "./read-cells";

/** What samples weigh, as known at one moment. */
export interface DatasetWeights {
  /** Inclusion probability by epoch and stratum. */
  rates: ReadonlyMap<string, number>;
  /** By stratum; a stratum belongs to one phase. */
  factors: ReadonlyMap<string, number>;
}

const rateRow = z.object({ epochId: z.string(), stratumId: z.string(), rate: z.number() });
const keyOf = (epochId: string, stratumId: string) => `${epochId}:${stratumId}`;

/** Both from one snapshot, so that what somebody judges meanwhile does not tear them apart. */
export async function readWeights(ctx: Ctx, { from, to }: DatasetQuery): Promise<DatasetWeights> {
  return await inTransaction(ctx.db, async (tx) => {
    await tx.$executeRaw`SET TRANSACTION ISOLATION LEVEL REPEATABLE READ`;
    const rows = await tx.$queryRaw`
      SELECT epoch_id AS "epochId", stratum_id AS "stratumId", effective_rate AS rate FROM stratum_epoch
      WHERE project_id = ${ctx.project.id}::uuid AND effective_rate > 0`;
    const rates = z
      .array(rateRow)
      .parse(rows)
      .map(({ epochId, stratumId, rate }): [string, number] => [keyOf(epochId, stratumId), rate]);
    const factors = new Map<string, number>();
    for (const phase of ["PRODUCTION", "PILOT", "HELD"] satisfies Phase[]) {
      const cells = await readCells(tx, ctx.project.id, {
        phase,
        period: "day",
        segments: [{ attribute: "", value: "" }],
        joined: true,
        ...(from ? { from } : {}),
        ...(to ? { to } : {}),
      });
      const factorsOf = phase === "HELD" ? heldFactors : stratumFactors;
      for (const [stratumId, factor] of factorsOf(cells.map(({ cell }) => cell)))
        factors.set(stratumId, factor);
    }
    return { rates: new Map(rates), factors };
  });
}

/** What a sample weighs; null when it is not counted. */
export function weightOf(
  row: {
    epochId: string;
    stratumId: string;
    state: string | null;
    randomNumber: number | null;
    sourceProbability: number;
    copies: number;
  },
  { rates, factors }: DatasetWeights,
): { inclusionProbability: number; design: number; calibrated: number } | null {
  const rate = rates.get(keyOf(row.epochId, row.stratumId));
  const factor = factors.get(row.stratumId);
  if (row.state !== "SETTLED" || row.randomNumber === null || rate === undefined || factor === undefined)
    return null;
  if (row.randomNumber >= rate) return null;
  const members = 1 + row.copies;
  const inclusionProbability = sharedProbability(rate, members) * row.sourceProbability;
  const design = members / inclusionProbability;
  return { inclusionProbability, design, calibrated: factor * design };
}
