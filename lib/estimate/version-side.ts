import { groupBy } from "@/lib/core/group-by";
import { cellEstimate, type StratumCell } from "./cell-estimate";
import { type ComparedSide, MOST_VALUES } from "./compared-side";
import { segmentKey } from "./read-cells";
import { shownEstimate } from "./shown-estimate";
import type { VersionCell } from "./version-cells";

/** One model version in some days: as a side of a comparison, and the strata of each segment value behind it. */
export interface VersionSide extends ComparedSide {
  /** First and last day with a judged output; null without any. */
  days: { first: string; last: string } | null;
  cells: ReadonlyMap<string, readonly StratumCell[]>;
}

/**
 * What was judged of a version as a side of a comparison. Traffic is not counted by version but added up from what was judged,
 * weight by weight; each stratum's weights are set to its traffic of the same days, so that the only version of some days has the
 * number of the accuracy page.
 *
 * @param factors by stratum what its weights are multiplied by; see `stratumFactors`
 */
export function versionSide(
  rows: readonly VersionCell[],
  factors: ReadonlyMap<string, number>,
  largest: ReadonlyMap<string, number>,
): VersionSide {
  const cells = new Map(
    [...groupBy(rows, segmentKey)].map(([key, own]): [string, StratumCell[]] => [
      key,
      own.map(({ cell }) => estimatedCell(cell, factors, largest.get(key) ?? 0)),
    ]),
  );
  const side: VersionSide = {
    population: 0,
    estimate: null,
    values: new Map(),
    isFrozen: false,
    days: null,
    cells,
  };
  for (const own of groupBy(rows, segmentKey).values()) {
    const [first] = own;
    if (!first) continue;
    const facts = factsOf(cells.get(segmentKey(first)) ?? []);
    if (first.attribute === "") {
      const days = own.flatMap(({ firstDay, lastDay }) => [firstDay, lastDay]).sort();
      Object.assign(side, facts, { days: { first: days[0] ?? "", last: days.at(-1) ?? "" } });
      continue;
    }
    const values = side.values.get(first.attribute) ?? new Map();
    side.values.set(first.attribute, values.set(first.value, facts));
  }
  for (const [attribute, values] of side.values) if (values.size > MOST_VALUES) side.values.delete(attribute);
  return side;
}

/** The largest weight that an observation of each segment has on any side: none of them could not have been drawn on the other. */
export function largestWeights(
  rows: readonly VersionCell[],
  factors: ReadonlyMap<string, number>,
): Map<string, number> {
  const largest = new Map<string, number>();
  for (const each of rows) {
    const { stratumId, sums } = each.cell;
    const weight = sums.maxWeight * (factors.get(stratumId) ?? 1);
    largest.set(segmentKey(each), Math.max(weight, largest.get(segmentKey(each)) ?? 0));
  }
  return largest;
}

function estimatedCell(
  { stratumId, sums, unsure }: VersionCell["cell"],
  factors: ReadonlyMap<string, number>,
  largest: number,
): StratumCell {
  const factor = factors.get(stratumId) ?? 1;
  const population = Math.max(sums.n, factor * (sums.sumW + unsure.sumW));
  const maxWeight = Math.max(sums.maxWeight, largest / factor);
  return { stratumId, sums: { ...sums, maxWeight }, unsure, population, unauditedPopulation: 0 };
}

function factsOf(cells: readonly StratumCell[]) {
  const { estimate, population } = cellEstimate(cells);
  // Of the part that the share is added up from; each stratum's squares on the scale of its traffic.
  const squares = cells.reduce((sum, { population: own, sums, unsure }) => {
    const weight = sums.sumW + unsure.sumW;
    return weight > 0 ? sum + sums.sumW2 * (own / weight) ** 2 : sum;
  }, 0);
  return { population, squares, estimate: estimate && shownEstimate(estimate) };
}
