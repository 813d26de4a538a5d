import { type AccuracyResult, accuracyFromSums } from "@/lib/stats/accuracy-from-sums";
import { type AccuracySums, emptyAccuracySums } from "@/lib/stats/accuracy-sums";
import { addAccuracySums } from "@/lib/stats/add-accuracy-sums";
import { type CountedStratum, poststratifySums } from "@/lib/stats/poststratify-sums";
import { addUnsureSums, emptyUnsureSums, type UnsureSums } from "@/lib/stats/unsure-sums";

/** What is known of one stratum in one cell (phase, segment value, period). */
export interface StratumCell {
  stratumId: string;
  sums: AccuracySums;
  unsure: UnsureSums;
  /** All traffic of the stratum in the cell. */
  population: number;
  /** Part of it in epochs that nobody has got to. */
  unauditedPopulation: number;
}

export type CellEstimate = AccuracyResult & { population: number };

/**
 * Strata with fewer observations are taken together before their weights are set to their traffic. Decided by counts, never by
 * labels: a stratum that chance gave one review, or none, would otherwise speak for all of its traffic.
 */
const FEWEST_IN_STRATUM = 5;

/** Accuracy of a cell from the sums of its strata; cells of several periods may be given together. */
export function cellEstimate(cells: readonly StratumCell[], confidence = 0.95): CellEstimate {
  const { sums, ...rest } = poststratifySums(countedStrata(cells));
  const population = cells.reduce((sum, cell) => sum + cell.population, 0);
  return { ...accuracyFromSums(sums, { ...rest, confidence }), population };
}

/** The mean alone of the same estimate: half the work, for sparklines. Null when nothing was judged. */
export function cellMean(cells: readonly StratumCell[]): number | null {
  const strata = joinPeriods(cells);
  const { sums } = poststratifySums(poolSmall(strata));
  return sums.n > 0 ? Math.min(1, sums.sumWY / sums.sumW) : null;
}

/**
 * By stratum, what its weights are multiplied by in the estimate of a cell, so that each stratum weighs as much as its traffic; small
 * strata share one factor. With weight = factor / inclusion probability, Σ weight × score / Σ weight is the mean of `cellEstimate`.
 */
export function stratumFactors(cells: readonly StratumCell[]): Map<string, number> {
  const counted = poolSmall(joinPeriods(cells)).filter(({ sums }) => sums.n > 0);
  return new Map(
    counted.flatMap(({ stratumIds, population, sums }) =>
      stratumIds.map((stratumId): [string, number] => [stratumId, population / sums.sumW]),
    ),
  );
}

/** The strata of a cell as estimates count them: periods and small strata taken together, traffic that nobody has got to apart. */
export function countedStrata(cells: readonly StratumCell[]): CountedStratum[] {
  const strata = joinPeriods(cells);
  return [...poolSmall(strata), ...strata.flatMap(unaudited)];
}

function joinPeriods(cells: readonly StratumCell[]): StratumCell[] {
  const strata = new Map<string, StratumCell>();
  for (const cell of cells) {
    const known = strata.get(cell.stratumId);
    strata.set(cell.stratumId, known ? addCells(known, cell) : cell);
  }
  return [...strata.values()];
}

function addCells(a: StratumCell, b: StratumCell): StratumCell {
  return {
    stratumId: a.stratumId,
    sums: addAccuracySums(a.sums, b.sums),
    unsure: addUnsureSums(a.unsure, b.unsure),
    population: a.population + b.population,
    unauditedPopulation: a.unauditedPopulation + b.unauditedPopulation,
  };
}

type PooledStratum = CountedStratum & { stratumIds: readonly string[] };

function audited({ stratumId, sums, unsure, ...stratum }: StratumCell): PooledStratum {
  const population = Math.max(0, stratum.population - stratum.unauditedPopulation);
  return { population: Math.max(population, sums.n), sums, unsure, stratumIds: [stratumId] };
}

function unaudited({ unauditedPopulation }: StratumCell): CountedStratum[] {
  return unauditedPopulation > 0 ? [{ population: unauditedPopulation, sums: emptyAccuracySums }] : [];
}

function poolSmall(strata: readonly StratumCell[]): PooledStratum[] {
  const counted = strata.map(audited).filter(({ population }) => population > 0);
  const bySize = counted.sort((a, b) => a.sums.n - b.sums.n);
  let pool: PooledStratum | undefined;
  const large: PooledStratum[] = [];
  for (const stratum of bySize) {
    if (pool && pool.sums.n < FEWEST_IN_STRATUM) pool = join(pool, stratum);
    else if (stratum.sums.n < FEWEST_IN_STRATUM) pool = pool ? join(pool, stratum) : stratum;
    else large.push(stratum);
  }
  return pool ? [pool, ...large] : large;
}

function join(a: PooledStratum, b: PooledStratum): PooledStratum {
  return {
    stratumIds: [...a.stratumIds, ...b.stratumIds],
    population: a.population + b.population,
    sums: addAccuracySums(a.sums, b.sums),
    unsure: addUnsureSums(a.unsure ?? emptyUnsureSums, b.unsure ?? emptyUnsureSums),
  };
}
