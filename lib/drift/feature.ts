import { textHash } from "@/lib/contract/text-hash";
import { hasFormat } from "@/lib/contract/text-signs";
import { type OutputFacts, pathReader } from "./output-facts";

/** Bins fixed when the pilot's inputs were frozen. The last ones are always those that say that something is broken. */
export type Bins =
  /** At most edge 0, at most edge 1, ..., above the last; then missing, unparseable. */
  | { kind: "number"; edges: number[]; lowest: number; highest: number; spread: number }
  /** The named values; then other (known to the pilot, but rare), new (divided into so many, by value), missing. */
  | { kind: "category"; values: string[]; rare: string[]; newBins: number }
  /** As expected; then missing, unparseable. For what is different in every output: dates, ids. */
  | { kind: "format"; format: (typeof BIN_FORMATS)[number] };

/** Forms of texts whose values are always new ones. */
export const TEXT_FORMATS = ["uuid", "email", "url", "slashed_date"] as const;
export const BIN_FORMATS = ["date", "id", ...TEXT_FORMATS] as const;

export interface Feature {
  /** JSON pointer: "/input/age" */
  path: string;
  /** The value itself, the length of a text, or the number of items of a list. */
  measure: "value" | "length" | "items";
  bins: Bins;
  /** Pilot outputs per bin. */
  baseline: number[];
  /** By how much clusters make counts vary more than independent outputs would; 1 without clusters. */
  designEffect: number;
}

/** Name of a feature, unique among those of one baseline. */
export function featureName({ path, measure }: Pick<Feature, "path" | "measure">): string {
  return measure === "value" ? path : `${path}#${measure}`;
}

export function binCount(bins: Bins): number {
  if (bins.kind === "number") return bins.edges.length + 3;
  return bins.kind === "category" ? bins.values.length + 2 + bins.newBins : 3;
}

export interface SpecialBins {
  missing: number;
  /** Not there for categories: whatever is no known value is new. */
  unparseable: number | null;
  /** Only for categories: the first of those for new values. */
  fresh: number | null;
}

/** Places of the bins that are shown first. */
export function specialBins(bins: Bins): SpecialBins {
  const count = binCount(bins);
  return bins.kind === "category"
    ? { missing: count - 1, unparseable: null, fresh: bins.values.length + 1 }
    : { missing: count - 2, unparseable: count - 1, fresh: null };
}

/** The same feature with one bin for all new values, as people see it. */
export function plainFeature(feature: Feature): Feature {
  const { bins } = feature;
  return bins.kind === "category" && bins.newBins > 1
    ? { ...feature, bins: { ...bins, newBins: 1 }, baseline: plainCounts(bins, feature.baseline) }
    : feature;
}

/** Counts by the bins of `plainFeature`. */
export function plainCounts(bins: Bins, counts: readonly number[]): number[] {
  if (bins.kind !== "category" || bins.newBins === 1 || counts.length === 0) return [...counts];
  const first = bins.values.length + 1;
  const fresh = counts.slice(first, first + bins.newBins).reduce((sum, count) => sum + count, 0);
  return [...counts.slice(0, first), fresh, ...counts.slice(first + bins.newBins)];
}

/** A number, also one that was written as text; null for anything else. */
export function readNumber(value: unknown): number | null {
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value !== "string" || value.length > 40) return null;
  return /^\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?\s*$/.test(value) ? Number(value) : null;
}

export function isDate(value: unknown): boolean {
  return (
    typeof value === "string" &&
    value.length <= 40 &&
    /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/.test(value) &&
    !Number.isNaN(Date.parse(value))
  );
}

export function isMissing(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === "string" && value.trim() === "");
}

/** How a value of a category is named; undefined for what can be none. */
export function categoryName(value: unknown): string | undefined {
  if (typeof value === "string") return value.length <= 200 ? value : undefined;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}

function formatReader(format: (typeof BIN_FORMATS)[number]): (value: unknown) => boolean {
  if (format === "date") return isDate;
  if (format === "id") return (value) => categoryName(value) !== undefined;
  return (value) => typeof value === "string" && hasFormat(value, format);
}

/** The number that a numeric feature looks at: null = there but no such thing. */
export function measured(measure: Feature["measure"], value: unknown): number | null {
  if (measure === "value") return readNumber(value);
  if (measure === "length") return typeof value === "string" ? value.length : null;
  return Array.isArray(value) ? value.length : null;
}

/** The bin of a number: how many edges lie below it. */
export function numberBin(edges: readonly number[], value: number): number {
  let bin = 0;
  while (bin < edges.length && value > (edges[bin] ?? 0)) bin += 1;
  return bin;
}

/** A function that puts outputs into the bins of a feature; made once, called for every output. */
export function binReader(
  feature: Pick<Feature, "path" | "measure" | "bins">,
): (facts: OutputFacts) => number {
  const read = pathReader(feature.path);
  const { bins, measure } = feature;
  const { missing, unparseable, fresh } = specialBins(bins);
  if (bins.kind === "category") {
    const places = new Map<string, number>([
      ...bins.rare.map((value): [string, number] => [value, bins.values.length]),
      ...bins.values.map((value, bin): [string, number] => [value, bin]),
    ]);
    const divided = bins.newBins > 1;
    return (facts) => {
      const value = read(facts);
      if (isMissing(value)) return missing;
      const name = categoryName(value) ?? "";
      return places.get(name) ?? (fresh ?? missing) + (divided ? textHash(name) % bins.newBins : 0);
    };
  }
  const broken = unparseable ?? missing;
  if (bins.kind === "format") {
    const fits = formatReader(bins.format);
    return (facts) => {
      const value = read(facts);
      return isMissing(value) ? missing : fits(value) ? 0 : broken;
    };
  }
  return (facts) => {
    const value = read(facts);
    if (isMissing(value)) return missing;
    const number = measured(measure, value);
    return number === null ? broken : numberBin(bins.edges, number);
  };
}
