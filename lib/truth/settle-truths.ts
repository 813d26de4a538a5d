import * as z from "zod";
import type { Ctx } from "@/lib/core/ctx";
import { Prisma } from "@/lib/db/generated/client";
import { inTransaction } from "@/lib/db/transaction";
import { settleSample } from "@/lib/review/settle-sample";

const PER_TRANSACTION = 50;
const MOST_PER_RUN = 20_000;
const PER_PAGE = 2_000;
const FIRST_ID = "00000000-0000-0000-0000-000000000000";
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
  await settleAll(ctx, waiting);
  return waiting.length;
}

/**
 * The same for every production sample that has a truth, whatever settled it: for a project whose truths begin to count, or cease
 * to. Returns the number of samples that were looked at.
 */
export async function settleTruthsAgain(ctx: Pick<Ctx, "db" | "project">): Promise<number> {
  let looked = 0;
  for (let after = FIRST_ID; ; ) {
    const rows = await ctx.db.$queryRaw`
      SELECT sample.output_id AS "outputId" FROM sample
      JOIN output ON output.project_id = sample.project_id AND output.id = sample.output_id
      WHERE sample.project_id = ${ctx.project.id}::uuid AND sample.output_id > ${after}::uuid AND output.phase = 'PRODUCTION'
        AND EXISTS (SELECT 1 FROM ground_truth truth
          WHERE truth.project_id = sample.project_id AND truth.external_id = output.external_id)
      ORDER BY 1 LIMIT ${PER_PAGE}`;
    const page = z.array(waitingRow).parse(rows);
    await settleAll(ctx, page);
    looked += page.length;
    const last = page.at(-1);
    if (!last || page.length < PER_PAGE) return looked;
    after = last.outputId;
  }
}

async function settleAll(
  ctx: Pick<Ctx, "db" | "project">,
  samples: readonly z.output<typeof waitingRow>[],
): Promise<void> {
  for (let from = 0; from < samples.length; from += PER_TRANSACTION) {
    await inTransaction(ctx.db, async (tx) => {
      for (const { outputId } of samples.slice(from, from + PER_TRANSACTION))
        await settleSample(tx, ctx, outputId);
    });
  }
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
