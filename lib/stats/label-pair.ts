/** What was said about an output: a verdict, a category, a code. */
export type Label = string | number | boolean;

/** The labels of two independent reviewers of the same output. */
export type LabelPair = {
  first: Label;
  second: Label;
  /** How many outputs got this pair, ≥ 0, default 1. */
  count?: number;
};

export type CrossTable = {
  /** Number of outputs. */
  n: number;
  /** Pairs with their share of the outputs; a pair may occur several times. */
  cells: { first: Label; second: Label; share: number }[];
  /** Shares of the labels with the first and the second reviewer. */
  firstShares: Map<Label, number>;
  secondShares: Map<Label, number>;
};

/** Shares of the pairs and of each reviewer's labels; throws a RangeError for an impossible count. */
export function crossTable(pairs: readonly LabelPair[]): CrossTable {
  let n = 0;
  for (const { count = 1 } of pairs) {
    if (!(count >= 0 && count < Infinity)) {
      throw new RangeError(`The count of a pair must be a finite number of at least 0, got ${count}.`);
    }
    n += count;
  }
  if (!(n < Infinity)) throw new RangeError("The sum of the counts must be finite.");
  const table: CrossTable = { n, cells: [], firstShares: new Map(), secondShares: new Map() };
  for (const { first, second, count = 1 } of pairs) {
    if (count === 0) continue;
    const share = count / n;
    table.cells.push({ first, second, share });
    table.firstShares.set(first, (table.firstShares.get(first) ?? 0) + share);
    table.secondShares.set(second, (table.secondShares.get(second) ?? 0) + share);
  }
  return table;
}
