import { type PackedTexts, packTexts } from "@/lib/stats/sampling-hash-many";

/** One output whose correctness is known, or known to be unknowable. */
export interface LabelledOutput {
  externalId: string;
  /** Milliseconds. Arrival in a live stream, when it happened in a recorded one. */
  instant: number;
  phase: "PILOT" | "PRODUCTION";
  segments: Readonly<Record<string, string>>;
  cluster: string | null;
  flagged: boolean;
  /** Probability with which it came into this history. */
  sourceProbability: number;
  /** Label in [0, 1]; null: nobody can know it. */
  score: number | null;
}

export interface AttributeColumn {
  name: string;
  values: string[];
  /** Index into `values` of each output; −1: it does not carry the attribute. */
  codes: Int32Array;
}

/** A labelled history as columns, in order of time; its buffers can be shared by threads. */
export interface History {
  count: number;
  instants: Float64Array;
  /** 1 in the pilot. */
  pilot: Uint8Array;
  flagged: Uint8Array;
  sourceProbabilities: Float64Array;
  /** NaN: nobody can know it. */
  scores: Float64Array;
  attributes: AttributeColumn[];
  externalIds: PackedTexts;
  /** Of each output: index into `clusterKeys`; −1: it stands alone. */
  clusters: Int32Array;
  clusterKeys: PackedTexts;
}

const allocate = (bytes: number) => new SharedArrayBuffer(bytes);

/** Columns of labelled outputs, sorted by time; outputs of one instant keep their order. */
export function makeHistory(outputs: readonly LabelledOutput[]): History {
  const sorted = [...outputs].sort((a, b) => a.instant - b.instant);
  const clusterCodes = new Map<string, number>();
  const clusters = integers(sorted.length);
  for (const [at, { cluster }] of sorted.entries())
    clusters[at] = cluster === null ? -1 : codeOf(clusterCodes, cluster);
  return {
    count: sorted.length,
    instants: numbers(sorted.map(({ instant }) => instant)),
    pilot: bytes(sorted.map(({ phase }) => phase === "PILOT")),
    flagged: bytes(sorted.map(({ flagged }) => flagged)),
    sourceProbabilities: numbers(sorted.map(({ sourceProbability }) => sourceProbability)),
    scores: numbers(sorted.map(({ score }) => score ?? Number.NaN)),
    attributes: attributeColumns(sorted),
    externalIds: packTexts(
      sorted.map(({ externalId }) => externalId),
      allocate,
    ),
    clusters,
    clusterKeys: packTexts([...clusterCodes.keys()], allocate),
  };
}

function attributeColumns(outputs: readonly LabelledOutput[]): AttributeColumn[] {
  const columns = new Map<string, { codes: Int32Array; known: Map<string, number> }>();
  for (const [at, { segments }] of outputs.entries()) {
    for (const [name, value] of Object.entries(segments)) {
      let column = columns.get(name);
      if (!column) {
        column = { codes: integers(outputs.length).fill(-1), known: new Map() };
        columns.set(name, column);
      }
      column.codes[at] = codeOf(column.known, value);
    }
  }
  return [...columns].map(([name, { codes, known }]) => ({ name, codes, values: [...known.keys()] }));
}

function codeOf(known: Map<string, number>, text: string): number {
  const code = known.get(text) ?? known.size;
  known.set(text, code);
  return code;
}

function integers(length: number): Int32Array {
  return new Int32Array(allocate(4 * length));
}

function numbers(values: readonly number[]): Float64Array {
  const column = new Float64Array(allocate(8 * values.length));
  column.set(values);
  return column;
}

function bytes(values: readonly boolean[]): Uint8Array {
  const column = new Uint8Array(allocate(values.length));
  for (const [at, value] of values.entries()) column[at] = value ? 1 : 0;
  return column;
}
