import type { Ctx } from "@/lib/core/ctx";
import { localDay } from "@/lib/core/local-day";
import { addDays, periodStart } from "@/lib/estimate/period";
import { accuracySeries } from "@/lib/estimate/queries";
import type { Segment } from "@/lib/estimate/schema";
import type { WeeklyChart } from "./schema";

const WEEKS = 12;
/** Fewer reviews make no point of the line and no number of a headline. */
const FEWEST = 20;

/** The last twelve full weeks, those without outputs too, with the pilot beside them. */
export async function weeklyChart(
  ctx: Ctx,
  segment: Segment = { attribute: "", value: "" },
): Promise<WeeklyChart> {
  const thisWeek = periodStart(localDay(ctx.now, ctx.project.timeZone), "week");
  const from = addDays(thisWeek, -7 * WEEKS);
  const series = await accuracySeries(ctx, {
    ...segment,
    periodKind: "week",
    from,
    to: addDays(thisWeek, -1),
  });
  const points = new Map(series.points.map((point) => [point.start, point]));
  const weeks = Array.from({ length: WEEKS }, (_, at) => {
    const start = addDays(from, 7 * at);
    const estimate = points.get(start)?.estimate ?? null;
    return {
      start,
      estimate: estimate && { mean: estimate.mean, low: estimate.low, high: estimate.high, n: estimate.n },
      few: estimate !== null && estimate.n < FEWEST,
    };
  });
  return { weeks, pilot: series.pilot?.estimate.mean ?? null };
}
