/** An output by what was asked and answered, in an epoch. */
export interface ReadContent {
  outputId: string;
  epochId: string;
  input: string;
  output: string;
}

/** What is known of its content from before. */
export interface KnownContent {
  /** The output that is drawn for this content in the same epoch. */
  unit: string | null;
  /** The same input came with the same answer, or with another one. */
  same: boolean;
  other: boolean;
}

export interface Repeat {
  code: "DUP_CONTENT" | "NONDETERMINISTIC" | null;
  /** Another output of the epoch is drawn for it. */
  copyOf: string | null;
}

/**
 * Tells repetitions among outputs in the order in which they came; `known` has what was there before, by place. An answer that came before
 * is a repetition, whatever other answers came too.
 */
export function classifyRepeats(outputs: readonly ReadContent[], known: readonly KnownContent[]): Repeat[] {
  const units = new Map<string, string>();
  const answers = new Map<string, Set<string>>();
  return outputs.map(({ outputId, epochId, input, output }, at) => {
    const before = known[at];
    const here = answers.get(input) ?? new Set<string>();
    const same = before?.same === true || here.has(output);
    const other = before?.other === true || [...here].some((answer) => answer !== output);
    answers.set(input, here.add(output));
    const key = `${input} ${output} ${epochId}`;
    const copyOf = before?.unit ?? units.get(key) ?? null;
    if (copyOf === null) units.set(key, outputId);
    return { code: same ? "DUP_CONTENT" : other ? "NONDETERMINISTIC" : null, copyOf };
  });
}
