import { hasFormat } from "@/lib/contract/text-signs";
import { designEffect } from "./design-effect";
import {
  type Bins,
  binCount,
  binReader,
  categoryName,
  type Feature,
  isDate,
  isMissing,
  measured,
  readNumber,
  TEXT_FORMATS,
} from "./feature";
import {
  type ClusteredFacts,
  FORM_PATH,
  MOST_PATHS,
  type OutputFacts,
  visitLeaves,
  visitWatched,
} from "./output-facts";

export interface FittedFeatures {
  features: Feature[];
  /** Paths that the pilot has beyond the five hundred that are watched. */
  unwatched: number;
}

const NAMED_VALUES = 19;
/** Bins for new values where second changes must show: of two different names, seven in eight fall apart. */
const NEW_BINS = 8;
const MOST_VALUES = 500;
/** A text whose next value is a new one more often than this is free text: its length is watched. */
const MOST_UNSEEN = 0.05;
const NEARLY_ALL = 0.95;
const IDS_FROM = 100;

/**
 * The fields of pilot outputs with their bins and counts. The same outputs give the same features in whatever order they come. Of more than
 * five hundred paths those stay that most outputs have.
 */
export function fitFeatures(pilot: readonly ClusteredFacts[]): FittedFeatures {
  return fitVisited(pilot, { visit: visitLeaves, newBins: 1, formats: false });
}

/**
 * What production is compared with from now on: as above, with segments and the form of outputs, where it has few. Values that the pilot
 * never had are told apart, so that one new name that replaces another shows.
 */
export function fitWatched(pilot: readonly ClusteredFacts[]): FittedFeatures {
  const fitted = fitVisited(pilot, { visit: visitWatched, newBins: NEW_BINS, formats: true });
  const isWatched = ({ path, bins }: Feature) => path !== FORM_PATH || bins.kind === "category";
  return { ...fitted, features: fitted.features.filter(isWatched) };
}

interface Visited {
  visit: (facts: OutputFacts, visitor: (path: string, value: unknown) => void) => void;
  newBins: number;
  /** Of texts that are e-mail or web addresses, ids and the like, whether they still are is watched, not their length. */
  formats: boolean;
}

function fitVisited(pilot: readonly ClusteredFacts[], { visit, ...options }: Visited): FittedFeatures {
  const columns = new Map<string, Column>();
  for (const { facts, cluster } of pilot) {
    visit(facts, (path, value) => {
      const column = columns.get(path);
      if (column) column.push({ value, cluster });
      else columns.set(path, [{ value, cluster }]);
    });
  }
  const known = [...columns].sort(([a, here], [b, there]) => there.length - here.length || (a < b ? -1 : 1));
  const features = known
    .slice(0, MOST_PATHS)
    .map(([path, column]) => fitFeature({ path, column, options }, pilot))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  return { features, unwatched: Math.max(0, known.length - MOST_PATHS) };
}

type Options = Omit<Visited, "visit">;
type Column = { value: unknown; cluster: string }[];

function fitFeature(
  { path, column, options }: { path: string; column: Column; options: Options },
  pilot: readonly ClusteredFacts[],
): Feature {
  const counts = countValues(column);
  const shape = fitBins(column, counts, options);
  const { bins } = shape;
  // A value of one cluster only would have been new to the rest of the pilot: as often a value is new in production.
  const read = binReader({
    path,
    ...shape,
    bins:
      bins.kind === "category"
        ? { ...bins, rare: bins.rare.filter((value) => !isSeenOnce(counts, value)) }
        : bins,
  });
  const places = pilot.map(({ facts }) => read(facts));
  const baseline = Array.from({ length: binCount(bins) }, () => 0);
  for (const place of places) baseline[place] = (baseline[place] ?? 0) + 1;
  const clusters = pilot.map(({ cluster }) => cluster);
  return { path, ...shape, baseline, designEffect: designEffect(places, clusters) };
}

function fitBins(
  column: Column,
  counts: ValueCounts,
  { newBins, formats }: Options,
): Pick<Feature, "measure" | "bins"> {
  const present = column.flatMap(({ value }) => (isMissing(value) ? [] : [value]));
  const mostly = (fits: (value: unknown) => boolean) =>
    present.length > 0 && present.filter(fits).length >= NEARLY_ALL * present.length;
  if (mostly(Array.isArray)) return { measure: "items", bins: numberBins(present, "items") };
  if (mostly((value) => readNumber(value) !== null)) {
    return looksLikeId(present)
      ? { measure: "value", bins: { kind: "format", format: "id" } }
      : { measure: "value", bins: numberBins(present, "value") };
  }
  if (mostly(isDate)) return { measure: "value", bins: { kind: "format", format: "date" } };
  if (isCategory(counts, present.length)) return { measure: "value", bins: categoryBins(counts, newBins) };
  const format = TEXT_FORMATS.find(
    (each) => formats && mostly((value) => typeof value === "string" && hasFormat(value, each)),
  );
  if (format) return { measure: "value", bins: { kind: "format", format } };
  return { measure: "length", bins: numberBins(present, "length") };
}

/** Whole numbers that never repeat: a counter or a key. Its values always move on. */
function looksLikeId(present: readonly unknown[]): boolean {
  const numbers = present.map(readNumber);
  return (
    present.length >= IDS_FROM && numbers.every(Number.isInteger) && new Set(numbers).size === present.length
  );
}

/** How often a value stands in the pilot, and in which cluster; null = in several. */
type ValueCounts = ReadonlyMap<string, { count: number; cluster: string | null }>;

function countValues(column: Column): ValueCounts {
  const counts = new Map<string, { count: number; cluster: string | null }>();
  for (const { value, cluster } of column) {
    const name = isMissing(value) ? undefined : categoryName(value);
    if (name === undefined) continue;
    const known = counts.get(name);
    if (!known) counts.set(name, { count: 1, cluster });
    else {
      known.count += 1;
      if (known.cluster !== cluster) known.cluster = null;
    }
  }
  return counts;
}

function isSeenOnce(counts: ValueCounts, value: string): boolean {
  return counts.get(value)?.cluster !== null;
}

/** By Good and Turing the share of values seen once is the chance that the next value is a new one. */
function isCategory(counts: ValueCounts, present: number): boolean {
  let once = 0;
  for (const { count, cluster } of counts.values()) if (cluster !== null) once += count;
  return counts.size <= MOST_VALUES && once <= Math.max(1, MOST_UNSEEN * present);
}

function categoryBins(counts: ValueCounts, newBins: number): Bins {
  const inOrder = [...counts].sort(([a, here], [b, there]) => there.count - here.count || (a < b ? -1 : 1));
  const named = inOrder.filter(([, { cluster }]) => cluster === null).slice(0, NAMED_VALUES);
  const taken = new Set(named.map(([value]) => value));
  const rare = inOrder.flatMap(([value]) => (taken.has(value) ? [] : [value]));
  return { kind: "category", values: named.map(([value]) => value), rare, newBins };
}

function numberBins(present: readonly unknown[], measure: Feature["measure"]): Bins {
  const sorted = present
    .map((value) => measured(measure, value))
    .filter((value) => value !== null)
    .sort((a, b) => a - b);
  const quantile = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
  const deciles = Array.from({ length: 9 }, (_, tenth) => quantile((tenth + 1) / 10));
  return {
    kind: "number",
    edges: [...new Set(deciles)],
    lowest: sorted[0] ?? 0,
    highest: sorted.at(-1) ?? 0,
    spread: quantile(0.75) - quantile(0.25),
  };
}
