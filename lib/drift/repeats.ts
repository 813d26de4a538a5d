import { createHash } from "node:crypto";

/** An output, as far as repetition goes: what was asked of which model version, and what it answered. */
export interface ContentKey {
  input: string;
  output: string;
}

export interface RepeatCounts {
  /** Outputs whose input had come before, with the same answer as then, or with another one. */
  same: number;
  other: number;
}

/** 16 bytes: among a million million inputs, two different ones would share a key once in 10^15 times. */
const HASH_BYTES = 16;

/** The key of texts that are canonical JSON. Another version of the model may answer otherwise without being called fickle. */
export function contentKey(texts: {
  input: string;
  output: string;
  model: string | null;
  version: string | null;
}): ContentKey {
  return {
    input: hashOf(JSON.stringify([texts.model, texts.version, texts.input])),
    output: hashOf(texts.output),
  };
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest().subarray(0, HASH_BYTES).toString("hex");
}

/**
 * Counts repetitions among keys, in place of `known` (answers by input). Of n outputs n − d repeat with the same answer and d − i with
 * another, where d is the number of different pairs and i of different inputs: in whatever order and division they are counted.
 */
export function countRepeats(keys: readonly ContentKey[], known: Map<string, Set<string>>): RepeatCounts {
  const counts = { same: 0, other: 0 };
  for (const { input, output } of keys) {
    const answers = known.get(input);
    if (!answers) known.set(input, new Set([output]));
    else if (answers.has(output)) counts.same += 1;
    else {
      answers.add(output);
      counts.other += 1;
    }
  }
  return counts;
}
