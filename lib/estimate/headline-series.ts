import type { Ctx } from "@/lib/core/ctx";
import { type Days, lastDays } from "./last-days";
import { accuracySeries } from "./queries";
import { readExtent } from "./read-cells";
import type { AccuracySeries, Segment } from "./schema";

const HEADLINE_DAYS = 91;

/**
 * The series of which a headline speaks, on the overview, a badge and in metrics: the last three months by week, so that it does not
 * hang on one day; coarser where no week has enough reviews. `now` is null when there is no number.
 */
export async function headlineSeries(
  ctx: Ctx,
  segment: Segment = { attribute: "", value: "" },
  days?: Days,
): Promise<AccuracySeries> {
  const range = days ?? (await headlineDays(ctx));
  const series = await accuracySeries(ctx, { ...segment, ...range, periodKind: "week" });
  return series.now ? series : accuracySeries(ctx, { ...segment, ...range, periodKind: "auto" });
}

async function headlineDays(ctx: Ctx): Promise<Days> {
  const [{ from, to }, extent] = await Promise.all([
    lastDays(ctx, HEADLINE_DAYS),
    readExtent(ctx.db, ctx.project.id, { attribute: "", value: "" }),
  ]);
  return { from: extent && extent.first > from ? extent.first : from, to };
}
