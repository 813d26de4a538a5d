import * as z from "zod";

import type { Ctx } from "@/lib/core/ctx";

export interface PrefixProgress {
  /** Samples judged before the first that is not: any such prefix of the queue is a valid random sample. */
  complete: number;
  /** Judged, also behind the first gap. */
  judged: number;
  total: number;
}

const row = z.object({ complete: z.number(), judged: z.number(), total: z.number() });

/** Progress through the samples of the epochs that still have open ones: "prefix complete: 38 of 60". */
export async function prefixProgress(ctx: Ctx): Promise<PrefixProgress> {
  const rows = await ctx.db.$queryRaw<unknown[]>`
    WITH epochs AS (
      SELECT DISTINCT sample.epoch_id
      FROM review_slot slot
      JOIN sample ON sample.project_id = slot.project_id AND sample.output_id = slot.output_id
      WHERE slot.project_id = ${ctx.project.id}::uuid AND slot.state = 'OPEN' AND sample.state = 'QUEUED'),
    queue AS (
      SELECT slot.order_key, sample.state IN ('SETTLED', 'UNSURE') AS judged
      FROM epochs
      JOIN sample ON sample.project_id = ${ctx.project.id}::uuid AND sample.epoch_id = epochs.epoch_id
        AND sample.state <> 'WITHDRAWN'
      JOIN review_slot slot ON slot.project_id = sample.project_id AND slot.output_id = sample.output_id AND slot.look = 1)
    SELECT count(*)::int AS total, (count(*) FILTER (WHERE judged))::int AS judged,
           (count(*) FILTER (WHERE judged AND order_key < gap.first))::int AS complete
    FROM queue, (SELECT coalesce(min(order_key) FILTER (WHERE NOT judged), 'infinity') AS first FROM queue) gap`;
  return row.parse(rows[0]);
}
