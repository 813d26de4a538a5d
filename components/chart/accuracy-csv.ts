import type { AccuracySeries } from "@/lib/estimate/schema";
import { formatDecimal } from "@/lib/core/format";

import { chartRows } from "./chart-rows";

const HEADER = [
  "first_day",
  "last_day",
  "state",
  "accuracy",
  "low",
  "high",
  "unsure_share",
  "bounds_low",
  "bounds_high",
  "always_low",
  "always_high",
  "to_pilot",
  "to_pilot_low",
  "to_pilot_high",
  "reviews",
  "effective_reviews",
  "outputs",
  "reviews_due",
];

/** The chart's numbers as comma-separated values, one line per period. */
export function accuracyCsv(series: AccuracySeries): string {
  const lines = chartRows(series).map((row) =>
    [
      row.start,
      row.end,
      row.kind,
      decimal(row.estimate?.mean),
      decimal(row.estimate?.low),
      decimal(row.estimate?.high),
      decimal(row.estimate?.unsure_share),
      decimal(row.estimate?.bounds?.low),
      decimal(row.estimate?.bounds?.high),
      decimal(row.always?.low),
      decimal(row.always?.high),
      decimal(row.gap?.difference),
      decimal(row.gap?.low),
      decimal(row.gap?.high),
      row.reviews,
      decimal(row.estimate?.effective_n, 1),
      Math.round(row.population),
      row.due,
    ].join(","),
  );
  return `${[HEADER.join(","), ...lines].join("\n")}\n`;
}

function decimal(value: number | undefined, digits = 4): string {
  return value === undefined ? "" : formatDecimal(value, digits);
}
