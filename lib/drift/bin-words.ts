import { formatCount } from "@/lib/core/format";
import { type Feature, featureName, specialBins } from "./feature";
import { FORM_PATH, REPEAT_PATH, UNUSUAL_PATH } from "./output-facts";

export interface BinWords {
  label: string;
  /** The field condition of the list of outputs; null where none can say it. */
  field: string | null;
}

/** "12.5", "1,200": enough digits to tell edges apart. */
function edgeText(value: number): string {
  return Number.isInteger(value) ? formatCount(value) : String(Number(value.toPrecision(4)));
}

/** What a bin is called and how its outputs are found. Values of categories are contents: without the right to see them they are numbered. */
export function binWords(feature: Feature, bin: number, withPayload: boolean): BinWords {
  const { bins } = feature;
  const name = featureName(feature);
  const special = specialBins(bins);
  if (feature.path === UNUSUAL_PATH)
    return { label: bin === 1 ? "unusual" : bin === 0 ? "as usual" : "not told", field: null };
  if (feature.path === REPEAT_PATH) return { label: REPEAT_WORDS[bin] ?? "not told", field: null };
  if (bin === special.missing) return { label: "missing", field: `${feature.path} is missing` };
  if (bin === special.unparseable) return { label: "unreadable", field: null };
  if (bins.kind === "category") {
    if (bin === special.fresh) return { label: "new values", field: null };
    const value = bins.values[bin];
    if (value === undefined) return { label: "other known values", field: null };
    if (feature.path === FORM_PATH) return { label: `form ${value.slice(0, 6)}`, field: null };
    return withPayload
      ? { label: value, field: `${feature.path} = ${value}` }
      : { label: `value ${bin + 1}`, field: null };
  }
  if (bins.kind === "format") return { label: FORMAT_WORDS[bins.format], field: null };
  const below = bins.edges[bin - 1];
  const edge = bins.edges[bin];
  const bounds = `${below === undefined ? "" : ` > ${below}`}${edge === undefined ? "" : ` <= ${edge}`}`;
  const field = `${name}${bounds}`;
  if (below === undefined) return { label: `up to ${edgeText(edge ?? 0)}`, field };
  if (edge === undefined) return { label: `above ${edgeText(below)}`, field };
  return { label: `${edgeText(below)} to ${edgeText(edge)}`, field };
}

const REPEAT_WORDS = ["a new input", "again, same answer", "again, another answer"];
const FORMAT_WORDS = {
  date: "a date",
  id: "there",
  uuid: "an id (UUID)",
  email: "an e-mail address",
  url: "a web address",
  slashed_date: "a date",
} as const;
const ROOT_WORDS: Readonly<Record<string, string>> = { output: "output ", segments: "segment " };

/** The field in a reader's words: "bedrooms", "length of summary", "confidence". */
export function featureLabel({ path, measure }: Pick<Feature, "path" | "measure">): string {
  if (path === FORM_PATH) return "form of the record";
  if (path === REPEAT_PATH) return "inputs that come again at once";
  if (path === UNUSUAL_PATH) return "share of unusual outputs";
  const name = path
    .replace(/^\/(input|output|segments)\/?/, (_, root: string) => ROOT_WORDS[root] ?? "")
    .replace(/^\//, "")
    .replaceAll("/", " › ")
    .replaceAll("~1", "/")
    .replaceAll("~0", "~");
  const plain = name.trim() === "" ? "input" : name === "latencyMs" ? "latency" : name;
  if (measure === "length") return `length of ${plain}`;
  return measure === "items" ? `number of ${plain}` : plain;
}
