/** What a contract looks at of one output; each member is a root of paths ("/input/…"). */
export interface RecordFacts {
  input: unknown;
  output: unknown;
  confidence?: number | null;
  segments?: unknown;
  environment?: unknown;
  telemetry?: unknown;
  model?: unknown;
  /** Its truth, where it is known: only its completeness is watched. */
  ground_truth?: unknown;
}

/** A record with what makes it the same record everywhere: samples and folds are drawn by it. */
export interface KeyedFacts {
  key: string;
  facts: RecordFacts;
}

/** Contracts are inferred from these: what the model was given and what it gave. Others are for rules that people add. */
export const INFERRED_ROOTS = ["input", "output"] as const;
