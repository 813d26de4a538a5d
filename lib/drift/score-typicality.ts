import { clopperPearson } from "@/lib/stats/clopper-pearson";
import { formatDecimal } from "@/lib/core/format";
import { type OutputFacts, pathReader } from "./output-facts";
import type { TypicalityModel } from "./typicality-model";
import { leastRank, rawScores, type Surprises, surpriseReader } from "./typicality-scores";

/** At most one in a hundred outputs is marked while they are like the pilot's. */
export const MARKED_SHARE = 0.01;
/** Above this, the promise has visibly failed. */
const MOST_MARKED = 0.017;

export interface Contribution {
  /** Paths of one field, or of two that do not go together. */
  paths: string[];
  /** Beyond what is usual for it, in natural logarithms. */
  surprise: number;
  /** Values as they came, shortened. */
  observed: string[];
}

export interface Typicality {
  /** Of outputs like the pilot's, this share is at least as far out; small = out of the ordinary. */
  rank: number;
  marked: boolean;
  /** The three largest; only of marked outputs. */
  contributions: Contribution[];
}

/** A function that scores one output; made once per model. */
export function typicalityScorer(model: TypicalityModel): (facts: OutputFacts) => Typicality {
  const read = surpriseReader(model);
  const { least } = model.calibration;
  return (facts) => {
    const surprises = read(facts);
    const smallest = leastRank(model.calibration, rawScores(model, surprises));
    const rank = (countAtMost(least, smallest) + 1) / (least.length + 1);
    const marked = rank <= MARKED_SHARE;
    return { rank, marked, contributions: marked ? largest(model, facts, surprises) : [] };
  };
}

function countAtMost(ascending: readonly number[], value: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] ?? 0) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function largest(
  model: TypicalityModel,
  facts: OutputFacts,
  { fields, pairs, texts }: Surprises,
): Contribution[] {
  const pathOf = (at: number) => model.features[at]?.path ?? "";
  const all = [
    ...Array.from(fields, (surprise, at) => ({
      paths: [pathOf(at)],
      surprise: surprise - (model.usual[at] ?? 0),
    })),
    ...Array.from(pairs, (surprise, at) => ({
      paths: [pathOf(model.pairs[at]?.first ?? -1), pathOf(model.pairs[at]?.second ?? -1)],
      surprise,
    })),
    ...Array.from(texts, (surprise, at) => ({ paths: [model.texts[at]?.path ?? ""], surprise })),
  ];
  return all
    .toSorted((a, b) => b.surprise - a.surprise)
    .slice(0, 3)
    .filter(({ surprise }) => surprise > 0)
    .map((each) => ({ ...each, observed: each.paths.map((path) => shown(pathReader(path)(facts))) }));
}

function shown(value: unknown): string {
  if (value === undefined) return "not there";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/**
 * Whether the promise holds on fresh traffic: `marked` of `outputs` in days on which no field had moved. A share that is too high for chance
 * says that the pilot no longer is a measure, not that these outputs are wrong.
 */
export function checkMarkedShare(
  marked: number,
  outputs: number,
): { holds: boolean; sentence: string } | null {
  if (outputs < 1000) return null;
  const interval = clopperPearson(marked, outputs);
  const percent = formatDecimal((100 * marked) / outputs, 1);
  return (interval?.low ?? 0) > MOST_MARKED
    ? {
        holds: false,
        sentence: `${percent} % of outputs are marked although no field has moved: the pilot no longer is a good measure of what is ordinary.`,
      }
    : {
        holds: true,
        sentence: `${percent} % of outputs are marked where no field has moved; about 1 % is expected.`,
      };
}
