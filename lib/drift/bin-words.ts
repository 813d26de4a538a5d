import { type Feature, featureName, specialBins } from "./feature";

export interface BinWords {
  label: string;
  /** The field condition of the list of outputs; null where none can say it. */
  field: string | null;
}

/** "12.5", "1,200": enough digits to tell edges apart. */
function edgeText(value: number): string {
  return Number.isInteger(value) ? value.toLocaleString("en-GB") : String(Number(value.toPrecision(4)));
}

/** What a bin is called and how its outputs are found. Values of categories are contents: without the right to see them they are numbered. */
export function binWords(feature: Feature, bin: number, withPayload: boolean): BinWords {
  const { bins } = feature;
  const name = featureName(feature);
  const special = specialBins(bins);
  if (bin === special.missing) return { label: "missing", field: `${feature.path} is missing` };
  if (bin === special.unparseable) return { label: "unreadable", field: null };
  if (bins.kind === "category") {
    if (bin === special.fresh) return { label: "new values", field: null };
    const value = bins.values[bin];
    if (value === undefined) return { label: "other known values", field: null };
    return withPayload
      ? { label: value, field: `${feature.path} = ${value}` }
      : { label: `value ${bin + 1}`, field: null };
  }
  if (bins.kind === "format") return { label: bins.format === "date" ? "a date" : "there", field: null };
  const below = bins.edges[bin - 1];
  const edge = bins.edges[bin];
  const bounds = `${below === undefined ? "" : ` > ${below}`}${edge === undefined ? "" : ` <= ${edge}`}`;
  const field = `${name}${bounds}`;
  if (below === undefined) return { label: `up to ${edgeText(edge ?? 0)}`, field };
  if (edge === undefined) return { label: `above ${edgeText(below)}`, field };
  return { label: `${edgeText(below)} to ${edgeText(edge)}`, field };
}

/** The field in a reader's words: "bedrooms", "length of summary", "confidence". */
export function featureLabel({ path, measure }: Pick<Feature, "path" | "measure">): string {
  const name = path
    .replace(/^\/(input|output)\/?/, (_, root: string) => (root === "output" ? "output " : ""))
    .slice(path.startsWith("/input") || path.startsWith("/output") ? 0 : 1)
    .replaceAll("/", " › ")
    .replaceAll("~1", "/")
    .replaceAll("~0", "~");
  const plain = name.trim() === "" ? "input" : name === "latencyMs" ? "latency" : name;
  if (measure === "length") return `length of ${plain}`;
  return measure === "items" ? `number of ${plain}` : plain;
}
