import { type CalendarWeek, dayText } from "@/lib/backtest/calendar";
import type { SampledStratum } from "@/lib/backtest/sampled-epoch";
import { accuracyPoints } from "@/lib/estimate/accuracy-points";
import type { StoredCell } from "@/lib/estimate/read-cells";
import type { AccuracyPoint } from "@/lib/estimate/schema";
import { TRUTH_ATTRIBUTE } from "@/lib/sampling/sampling-unit";
import { type AccuracySums, emptyAccuracySums } from "@/lib/stats/accuracy-sums";
import type { MemorySample } from "./sample-in-memory";

/** Weekly points of production by segment ("" overall, else "attribute=value"), by the definitions of fresh-cells.ts. */
export function memoryPoints(sample: MemorySample): Map<string, AccuracyPoint[]> {
  const cells = new Map<string, Map<string, StoredCell>>();
  const weeks = weeksOfDays(sample.stream.calendar);
  for (const epoch of sample.epochs) {
    const staged = [...epoch.strata.values()]
      .filter(({ outputs }) => outputs.length > 0)
      .map((stratum) => stage(stratum, sample));
    const served = Math.max(
      ...staged
        .filter(({ stratum, servedKey }) => isCounted(stratum) && servedKey !== null)
        .map(({ servedKey }) => servedKey ?? 0),
    );
    for (const each of staged) {
      if (each.stratum.key.phase !== "PRODUCTION") continue;
      const place = { week: weeks.get(epoch.startsAt) ?? "", unaudited: isUnaudited(each, served) };
      for (const output of each.stratum.outputs) addOutput(cells, each, output, { ...place, sample });
    }
  }
  const facts = {
    period: "week" as const,
    today: "9999-12-31",
    openHistory: null,
    due: () => 0,
    withBand: false,
    pilot: null,
  };
  return new Map([...cells].map(([segment, own]) => [segment, accuracyPoints([...own.values()], facts)]));
}

function weeksOfDays(calendar: readonly CalendarWeek[]): Map<number, string> {
  return new Map(
    calendar.flatMap(({ startsAt, days }) =>
      days.map((day): [number, string] => [day.startsAt, dayText(startsAt)]),
    ),
  );
}

interface Staged {
  stratum: SampledStratum;
  cut: number;
  /** Of the last processed candidate below the cut. */
  servedKey: number | null;
}

function isCounted({ key }: SampledStratum): boolean {
  return key.phase === "PRODUCTION" && key.attribute !== TRUTH_ATTRIBUTE;
}

function stage(stratum: SampledStratum, { draw }: MemorySample): Staged {
  const { rate, candidates, looked } = stratum;
  const numberOf = (output: number | undefined) => draw.randomNumbers[output ?? -1] ?? rate;
  return {
    stratum,
    cut: numberOf(candidates[looked]),
    servedKey: looked > 0 ? numberOf(candidates[looked - 1]) / rate : null,
  };
}

function isUnaudited({ stratum, cut }: Staged, served: number): boolean {
  if (cut <= 0) return true;
  if (stratum.candidates.length === 0 || stratum.looked > 0) return false;
  return Number.isFinite(served) ? cut / stratum.rate < served : true;
}

function addOutput(
  cells: Map<string, Map<string, StoredCell>>,
  { stratum, cut }: Staged,
  output: number,
  { week, unaudited, sample }: { week: string; unaudited: boolean; sample: MemorySample },
): void {
  const { history } = sample.stream;
  const score = history.scores[output] ?? Number.NaN;
  for (const { attribute, value } of segmentsOf(output, sample)) {
    const segment = attribute === "" ? "" : `${attribute}=${value}`;
    const own = cells.get(segment) ?? new Map<string, StoredCell>();
    cells.set(segment, own);
    const key = `${week} ${stratum.id}`;
    const stored = own.get(key) ?? { attribute, value, start: week, cell: emptyCell(stratum.id) };
    own.set(key, stored);
    const { cell } = stored;
    cell.population += 1;
    if (unaudited) cell.unauditedPopulation += 1;
    else cell.sums.maxWeight = Math.max(cell.sums.maxWeight, 1 / cut);
    if ((sample.draw.randomNumbers[output] ?? 1) >= cut) continue;
    const weight = 1 / cut;
    if (Number.isNaN(score)) {
      cell.unsure = { n: cell.unsure.n + 1, sumW: cell.unsure.sumW + weight };
    } else {
      add(cell.sums, weight, score);
    }
  }
}

function segmentsOf(output: number, { stream }: MemorySample) {
  const own = stream.history.attributes.flatMap(({ name, values, codes }) => {
    const value = values[codes[output] ?? -1];
    return value === undefined ? [] : [{ attribute: name, value }];
  });
  return [{ attribute: "", value: "" }, ...own];
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
