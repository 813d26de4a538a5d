import { accuracyPoints } from "@/lib/estimate/accuracy-points";
import type { StoredCell } from "@/lib/estimate/read-cells";
import type { AccuracyPoint } from "@/lib/estimate/schema";
import { type AccuracySums, emptyAccuracySums } from "@/lib/stats/accuracy-sums";
import { TRUTH_ATTRIBUTE } from "@/lib/sampling/sampling-unit";
import { isOpen, type MemoryEpoch, type MemoryOutput, type MemoryStratum } from "./sample-in-memory";

/** Weekly points of production by segment ("" overall, else "attribute=value"), by the definitions of fresh-cells.ts. */
export function memoryPoints(epochs: readonly MemoryEpoch[]): Map<string, AccuracyPoint[]> {
  const cells = new Map<string, Map<string, StoredCell>>();
  for (const epoch of epochs) {
    const staged = [...epoch.strata.values()].filter(({ outputs }) => outputs.length > 0).map(stage);
    const served = Math.max(
      ...staged
        .filter(({ stratum, servedKey }) => isCounted(stratum) && servedKey !== null)
        .map(({ servedKey }) => servedKey ?? 0),
    );
    for (const each of staged) {
      if (each.stratum.key.phase !== "PRODUCTION") continue;
      const unaudited = isUnaudited(each, served);
      for (const output of each.stratum.outputs) addOutput(cells, each, output, unaudited);
    }
  }
  const facts = { period: "week" as const, today: "9999-12-31", openHistory: null, due: () => 0 };
  return new Map([...cells].map(([segment, own]) => [segment, accuracyPoints([...own.values()], facts)]));
}

interface Staged {
  stratum: MemoryStratum;
  cut: number;
  candidates: number;
  processed: number;
  /** Of the last processed candidate below the cut. */
  servedKey: number | null;
}

function isCounted({ key }: MemoryStratum): boolean {
  return key.phase === "PRODUCTION" && key.attribute !== TRUTH_ATTRIBUTE;
}

function stage(stratum: MemoryStratum): Staged {
  const { rate, outputs } = stratum;
  const cut = Math.min(rate, ...outputs.filter(isOpen).map(({ randomNumber }) => randomNumber));
  const drawn = outputs.filter(({ state, randomNumber }) => state !== "NOT_DRAWN" && randomNumber < rate);
  const processed = drawn.filter(({ randomNumber }) => randomNumber < cut);
  const last = Math.max(...processed.map(({ randomNumber }) => randomNumber));
  return {
    stratum,
    cut,
    candidates: drawn.length,
    processed: processed.length,
    servedKey: processed.length > 0 ? last / rate : null,
  };
}

function isUnaudited({ stratum, cut, candidates, processed }: Staged, served: number): boolean {
  if (cut <= 0) return true;
  if (candidates === 0 || processed > 0) return false;
  return Number.isFinite(served) ? cut / stratum.rate < served : true;
}

function addOutput(
  cells: Map<string, Map<string, StoredCell>>,
  { stratum, cut }: Staged,
  output: MemoryOutput,
  unaudited: boolean,
): void {
  for (const [attribute, value] of [["", ""] as const, ...output.segments]) {
    const segment = attribute === "" ? "" : `${attribute}=${value}`;
    const own = cells.get(segment) ?? new Map<string, StoredCell>();
    cells.set(segment, own);
    const key = `${output.week} ${stratum.id}`;
    const stored = own.get(key) ?? { attribute, value, start: output.week, cell: emptyCell(stratum.id) };
    own.set(key, stored);
    const { cell } = stored;
    cell.population += 1;
    if (unaudited) cell.unauditedPopulation += 1;
    else cell.sums.maxWeight = Math.max(cell.sums.maxWeight, 1 / cut);
    if (output.randomNumber >= cut) continue;
    const weight = 1 / cut;
    if (output.state === "UNSURE") {
      cell.unsure = { n: cell.unsure.n + 1, sumW: cell.unsure.sumW + weight };
    } else if (output.state === "SETTLED" && output.score !== null) {
      add(cell.sums, weight, output.score);
    }
  }
}

function add(sums: AccuracySums, weight: number, score: number): void {
  sums.n += 1;
  sums.sumW += weight;
  sums.sumW2 += weight * weight;
  sums.sumWY += weight * score;
  sums.sumW2Y += weight * weight * score;
  sums.sumW2YY += weight * weight * score * score;
  sums.maxWeight = Math.max(sums.maxWeight, weight);
}

function emptyCell(stratumId: string) {
  return {
    stratumId,
    sums: { ...emptyAccuracySums },
    unsure: { n: 0, sumW: 0 },
    population: 0,
    unauditedPopulation: 0,
  };
}
