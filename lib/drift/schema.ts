/* What the drift page shows. Browser-safe. */

export interface ShownBin {
  label: string;
  /** Shares in 0..1. */
  pilot: number;
  now: number;
  /** The field condition of its outputs; null where none can say it. */
  field: string | null;
}

export interface ShownGroup {
  reviews: number;
  /** Null with too few reviews. */
  accuracy: { mean: number; low: number; high: number } | null;
}

export interface ShownFeature {
  name: string;
  label: string;
  /** Outputs of the shown days. */
  outputs: number;
  /** The first thing to say about it; null with too few outputs. */
  sentence: string | null;
  /** Size of the change, and what it is on average without any. */
  index: number | null;
  noiseFloor: number | null;
  /** In the order of the bins. */
  bins: ShownBin[];
  /** Bins that make most of the change, the largest first. */
  largest: ShownBin[];
  /** Values that the pilot never had, the most frequent first, of the newest outputs. */
  newValues: { value: string; outputs: number; field: string }[];
  movedSince: string | null;
  noticedOn: string | null;
  /** Of the bins that gained, since the move and before; of all outputs before; of other bins since. */
  accuracy: { moved: ShownGroup; before: ShownGroup; allBefore: ShownGroup; rest: ShownGroup } | null;
}

export interface ShownFinding {
  since: string;
  noticedOn: string;
  endedOn: string | null;
  endedBy: "returned" | "moved_on" | null;
  features: string[];
  /** What is to be said of them, in general. */
  sentences: string[];
}

export interface ShownUnusual {
  outputId: string;
  reference: string;
  day: string;
  /** "1 in 900" outputs of the pilot would be as far out. */
  oneIn: number;
  contributions: { label: string; observed: string | null }[];
}

export interface DriftView {
  /** Pilot outputs behind the baseline; days that are shown. */
  pilot: { outputs: number; frozenAt: string; unwatched: number };
  range: { from: string; to: string; days: number };
  /** Outputs of these days, and those that no counter has seen yet. */
  outputs: number;
  waiting: number;
  /** Outputs whose input had come before, with the same answer or another: of these days, and of the pilot. */
  repeats: { same: number; other: number; pilot: { same: number; other: number } };
  features: ShownFeature[];
  findings: ShownFinding[];
  unusual: {
    /** Why there is no score, or whether its promise holds. */
    sentence: string;
    on: boolean;
    holds: boolean;
    marked: number;
    outputs: ShownUnusual[];
  };
}
