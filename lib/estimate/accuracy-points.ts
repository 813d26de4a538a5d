import { groupBy } from "@/lib/core/group-by";
import { cellBand } from "./cell-band";
import { cellEstimate, type StratumCell } from "./cell-estimate";
import { periodEnd } from "./period";
import type { StoredCell } from "./read-cells";
import { gapToPilot, shownEstimate } from "./shown-estimate";
import type { AccuracyEstimate, AccuracyPoint, Period } from "./schema";

/** A period is not mature while so large a part of its planned reviews has not been done. */
const DUE_SHARE = 0.2;

export interface PointFacts {
  period: Period;
  /** In the project's zone. */
  today: string;
  /** Days of recorded history that are not complete. */
  openHistory: { first: string; last: string } | null;
  due: (start: string) => number;
  /** Costs about as much as everything else of a point. */
  withBand: boolean;
  /** What each point is compared with; null: nothing. */
  pilot: AccuracyEstimate | null;
}

/** One point per period with outputs, oldest first, from the cells of one segment. */
export function accuracyPoints(cells: readonly StoredCell[], facts: PointFacts): AccuracyPoint[] {
  return [...groupBy(cells, ({ start }) => start)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([start, own]) => {
      const strata = own.map(({ cell }) => cell);
      return accuracyPoint(start, strata, facts);
    });
}

function accuracyPoint(start: string, strata: readonly StratumCell[], facts: PointFacts): AccuracyPoint {
  const end = periodEnd(start, facts.period);
  const { estimate, population } = cellEstimate(strata);
  const due = facts.due(start);
  const shown = estimate ? shownEstimate(estimate) : null;
  return {
    start,
    end,
    state: pointState(start, end, { ...facts, reviews: estimate?.n ?? 0, waiting: due }),
    estimate: shown,
    band: shown && facts.withBand ? bandAround(shown, strata) : null,
    gap: gapToPilot(facts.pilot, shown),
    population,
    due,
  };
}

/** Where weights differ much, the interval for one look can reach further on a side: the band is never inside of it. */
function bandAround({ low, high }: AccuracyEstimate, strata: readonly StratumCell[]): AccuracyPoint["band"] {
  const band = cellBand(strata);
  return band && { low: Math.min(low, band.low), high: Math.max(high, band.high) };
}

function pointState(
  start: string,
  end: string,
  facts: Pick<PointFacts, "today" | "openHistory"> & { reviews: number; waiting: number },
): AccuracyPoint["state"] {
  const { openHistory: open, waiting, reviews } = facts;
  if (end >= facts.today || (open && open.last >= start && open.first <= end)) return "in_progress";
  return waiting > DUE_SHARE * (waiting + reviews) ? "immature" : "complete";
}
