import type { Ctx } from "@/lib/core/ctx";
import { Prisma } from "@/lib/db/generated/client";
import { inTransaction } from "@/lib/db/transaction";
import { settleSample } from "@/lib/review/settle-sample";
import * as z from "zod";

const PER_TRANSACTION = 50;
const MOST_PER_RUN = 20_000;
const waitingRow = z.object({ outputId: z.uuid() });

/**
 * Settles the samples about which a counting truth came by API, before or after their output. Reviews stay as they are; which of
 * the two counts is decided in one place for both. Safe to repeat, and beside reviewers: the sample's row is locked first. Returns
 * the number of samples that were looked at.
 */
export async function settleTruths(ctx: Pick<Ctx, "db" | "project">): Promise<number> {
  const rows = await ctx.db.$queryRaw`
    ${waitingTruthsSql(Prisma.sql`sample.project_id = ${ctx.project.id}::uuid`)} ORDER BY 1 LIMIT ${MOST_PER_RUN}`;
  const waiting = z.array(waitingRow).parse(rows);
  for (let from = 0; from < waiting.length; from += PER_TRANSACTION) {
    await inTransaction(ctx.db, async (tx) => {
      for (const { outputId } of waiting.slice(from, from + PER_TRANSACTION))
        await settleSample(tx, ctx, outputId);
    });
  }
  return waiting.length;
}

/**
 * Samples that a truth might still settle: those without a label, and settled ones about which a newer truth came. A truth and the
 * settling that missed it can be a moment apart, hence the minute.
 */
export function waitingTruthsSql(where: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    SELECT sample.output_id AS "outputId" FROM sample
    JOIN output ON output.project_id = sample.project_id AND output.id = sample.output_id
    JOIN project owner ON owner.id = sample.project_id
    WHERE ${where} AND (output.phase = 'PILOT' OR owner.truth_coverage = 'COMPLETE')
      AND sample.settled_by IS DISTINCT FROM 'adjudication'
      AND EXISTS (SELECT 1 FROM ground_truth truth
        WHERE truth.project_id = sample.project_id AND truth.external_id = output.external_id
          AND (sample.state <> 'SETTLED' OR truth.received_at > sample.settled_at - interval '1 minute'))`;
}
