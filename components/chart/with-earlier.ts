import type { AccuracySeries } from "@/lib/estimate/schema";

import { dayNumber } from "./calendar-day";
import { type ChartRow, chartRows } from "./chart-rows";

/** A period with the one that stands at its place in the days before; null where there is none. */
export interface ComparedRow extends ChartRow {
  earlier: ChartRow | null;
}

/** Puts as many days just before under the days that are shown: each period beside the first that is at most half of one away. */
export function withEarlier(series: AccuracySeries, earlier: AccuracySeries | null): ComparedRow[] {
  const rows = chartRows(series);
  const before = earlier ? chartRows(earlier) : [];
  const moved = earlier ? dayNumber(series.from) - dayNumber(earlier.from) : 0;
  return rows.map((row) => {
    const place = row.at - moved;
    const half = (dayNumber(row.end) + 1 - dayNumber(row.start)) / 2;
    return { ...row, earlier: before.find(({ at }) => Math.abs(at - place) <= half) ?? null };
  });
}
