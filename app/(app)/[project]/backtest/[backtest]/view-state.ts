import { parseAsInteger, parseAsString, parseAsStringLiteral } from "nuqs/server";

import { BACKTEST_SORTS } from "@/components/table/backtest-table";

/** All that a shared address of a result carries. */
export const viewState = {
  /** Index of the number of reviews. */
  budget: parseAsInteger.withDefault(0),
  /** Sentence of the segment in the chart. */
  segment: parseAsString.withDefault(""),
  sort: parseAsStringLiteral(BACKTEST_SORTS).withDefault("noticed"),
  order: parseAsStringLiteral(["asc", "desc"]).withDefault("desc"),
};
