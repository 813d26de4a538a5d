import { accuracyFromSums } from "@/lib/stats/accuracy-from-sums";
import { type CountedStratum, poststratifySums } from "@/lib/stats/poststratify-sums";
import { scaleAccuracySums } from "@/lib/stats/scale-accuracy-sums";
import { countedStrata, type StratumCell } from "./cell-estimate";
import { segmentKey } from "./read-cells";
import { gapToPilot, shownEstimate } from "./shown-estimate";
import type { VersionSide } from "./version-side";
import type { VersionComparison } from "./version-schema";

/** Fewer judged outputs of a value say nothing of it. */
const FEWEST = 5;
/** Strata are weighed by shares; a unit large enough that none is smaller than the reviews in it. */
const UNIT = 1e12;

interface Cell {
  share: { earlier: number; later: number };
  earlier: readonly StratumCell[];
  later: readonly StratumCell[];
}

/**
 * Both versions on one traffic: direct standardisation to the middle between their shares of each value, W = (P + Q)/2, which makes the
 * difference the rate effect of Kitagawa's decomposition (JASA 50, 1955). Each side is post-stratified (Särndal, Swensson & Wretman
 * 1992, section 7.6) with its weighted Clopper-Pearson interval, of Fay & Feuer's form for standardised rates (Statistics in Medicine
 * 16, 1997); the difference has the interval of MOVER (Zou & Donner 2008). Null when they have no value in common.
 */
export function sameTraffic(
  earlier: VersionSide,
  later: VersionSide,
  attribute: string,
): VersionComparison["matched"] {
  const common = commonCells(earlier, later, attribute);
  const total = {
    earlier: common.reduce((sum, { share }) => sum + share.earlier, 0),
    later: common.reduce((sum, { share }) => sum + share.later, 0),
  };
  const weighted = common.map((cell) => ({
    ...cell,
    weight: (cell.share.earlier / total.earlier + cell.share.later / total.later) / 2,
  }));
  const standardised = (side: "earlier" | "later") =>
    estimateOf(weighted.map((cell) => stratumOf(cell[side], cell.weight)));
  const [left, right] = [standardised("earlier"), standardised("later")];
  const difference = gapToPilot(left, right);
  if (!left || !right || !difference) return null;
  return {
    attribute,
    earlier: left,
    later: right,
    difference,
    left_out_earlier: Math.max(0, 1 - total.earlier),
    left_out_later: Math.max(0, 1 - total.later),
  };
}

/** Values that both have and of which enough was judged; the thin ones that both have taken together, where that is enough. */
function commonCells(earlier: VersionSide, later: VersionSide, attribute: string): Cell[] {
  const values = [...(earlier.values.get(attribute)?.keys() ?? [])].filter((value) =>
    later.values.get(attribute)?.has(value),
  );
  const cells = values.map((value) => cellOf(earlier, later, { attribute, value }));
  const thin = cells.filter((cell) => !isEnough(cell));
  const rest: Cell = {
    share: {
      earlier: thin.reduce((sum, { share }) => sum + share.earlier, 0),
      later: thin.reduce((sum, { share }) => sum + share.later, 0),
    },
    earlier: thin.flatMap((cell) => cell.earlier),
    later: thin.flatMap((cell) => cell.later),
  };
  return [...cells, rest].filter(isEnough);
}

function cellOf(
  earlier: VersionSide,
  later: VersionSide,
  segment: { attribute: string; value: string },
): Cell {
  const key = segmentKey(segment);
  const shareOf = (side: VersionSide) =>
    (side.values.get(segment.attribute)?.get(segment.value)?.population ?? 0) / (side.population || 1);
  return {
    share: { earlier: shareOf(earlier), later: shareOf(later) },
    earlier: earlier.cells.get(key) ?? [],
    later: later.cells.get(key) ?? [],
  };
}

function isEnough({ earlier, later }: Cell): boolean {
  return [earlier, later].every((side) => side.reduce((sum, { sums }) => sum + sums.n, 0) >= FEWEST);
}

/** The strata of a value as one, which weighs what the common traffic has of it. */
function stratumOf(cells: readonly StratumCell[], weight: number): CountedStratum {
  const { sums, unsure } = poststratifySums(countedStrata(cells));
  const { n, sumW, carriedW } = unsure;
  // What stands in for the unsure ones is put in again when the strata are weighed.
  const judged = sums.n > 0 ? scaleAccuracySums(sums, (sums.sumW - carriedW) / sums.sumW) : sums;
  return { population: weight * UNIT, sums: judged, unsure: { n, sumW } };
}

function estimateOf(strata: readonly CountedStratum[]) {
  if (strata.length === 0) return null;
  const { sums, ...rest } = poststratifySums(strata);
  const { estimate } = accuracyFromSums(sums, rest);
  return estimate && shownEstimate(estimate);
}
