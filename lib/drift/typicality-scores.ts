import { binReader } from "./feature";
import { type OutputFacts, pathReader } from "./output-facts";
import { textSurprise } from "./text-surprise";
import type { TypicalityModel } from "./typicality-model";

/** Surprise of every feature, pair and text of one output, in the order of the model; in natural logarithms. */
export interface Surprises {
  fields: Float64Array;
  pairs: Float64Array;
  texts: Float64Array;
}

export interface RawScores {
  total: number;
  field: number;
  pair: number;
}

/** A function that looks at one output. What it returns is overwritten by the next call. */
export function surpriseReader(model: TypicalityModel): (facts: OutputFacts) => Surprises {
  const readers = model.features.map((feature) => binReader(feature));
  const beyond = model.features.map(beyondReader);
  const texts = model.texts.map(({ path }) => pathReader(path));
  const bins = new Int32Array(readers.length);
  const found = {
    fields: new Float64Array(readers.length),
    pairs: new Float64Array(model.pairs.length),
    texts: new Float64Array(texts.length),
  };
  return (facts) => {
    for (let at = 0; at < readers.length; at += 1) {
      const bin = readers[at]?.(facts) ?? 0;
      const table = model.surprise[at];
      bins[at] = bin;
      const distance = beyond[at]?.(facts, bin) ?? 0;
      found.fields[at] =
        distance > 0 ? (table?.[table.length - 1] ?? 0) + Math.log1p(distance) : (table?.[bin] ?? 0);
    }
    for (let at = 0; at < model.pairs.length; at += 1) {
      const pair = model.pairs[at];
      if (!pair) continue;
      const width = (model.surprise[pair.second]?.length ?? 1) - 1;
      found.pairs[at] = pair.surprise[(bins[pair.first] ?? 0) * width + (bins[pair.second] ?? 0)] ?? 0;
    }
    for (let at = 0; at < texts.length; at += 1) {
      const text = texts[at]?.(facts);
      const habit = model.texts[at];
      found.texts[at] = habit && typeof text === "string" ? textSurprise(habit, text) : 0;
    }
    return found;
  };
}

/** How far a number lies beyond all of the pilot's, in its usual spread; 0 within. Only the outermost bins can. */
function beyondReader({ path, measure, bins }: TypicalityModel["features"][number]) {
  if (bins.kind !== "number") return undefined;
  const read = pathReader(path);
  const { edges, lowest, highest } = bins;
  const spread = Math.max(bins.spread, (highest - lowest) / 100, 1e-9);
  return (facts: OutputFacts, bin: number): number => {
    if (bin !== 0 && bin !== edges.length) return 0;
    const value = read(facts);
    const number =
      measure === "value" ? Number(value) : ((value as string | unknown[] | undefined)?.length ?? lowest);
    return Math.max(0, lowest - number, number - highest) / spread;
  };
}

export function rawScores(model: TypicalityModel, { fields, pairs, texts }: Surprises): RawScores {
  let total = 0;
  let field = 0;
  let pair = 0;
  for (const surprise of fields) {
    total += surprise;
    if (surprise > field) field = surprise;
  }
  for (const surprise of texts) {
    total += surprise;
    if (surprise > field) field = surprise;
  }
  for (const surprise of pairs) if (surprise > pair) pair = surprise;
  return { total, field, pair };
}

/** Share of outputs at least as far out, this one counted. */
export function rankAmong(ascending: readonly number[], score: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] ?? 0) < score) low = middle + 1;
    else high = middle;
  }
  return (ascending.length - low + 1) / (ascending.length + 1);
}

/** The smallest of the three ranks: it is a rank itself only after it was ranked again. */
export function leastRank(
  calibration: Pick<TypicalityModel["calibration"], "total" | "field" | "pair">,
  { total, field, pair }: RawScores,
): number {
  return Math.min(
    rankAmong(calibration.total, total),
    rankAmong(calibration.field, field),
    rankAmong(calibration.pair, pair),
  );
}
