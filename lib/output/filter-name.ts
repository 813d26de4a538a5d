import type { OutputFilter } from "./schema";

/* The names of the filter language that are not segment attributes. Browser-safe. */

export interface FilterName {
  /** What it finds, as the suggestions say it. */
  meaning: string;
  /** What can be said; left out where any text can. The words on the right mean the same. */
  values?: Readonly<Record<string, readonly string[]>>;
  /** Whether a minus before it leaves out what it finds. */
  excludes: boolean;
}

export const FILTER_NAMES = {
  version: { meaning: "model version", excludes: true },
  phase: { meaning: "pilot or production", values: { pilot: [], production: [] }, excludes: true },
  from: { meaning: "first day", excludes: false },
  to: { meaning: "last day", excludes: false },
  verdict: {
    meaning: "what the reviewers decided",
    values: { correct: ["right"], incorrect: ["wrong"], cannot_judge: ["unclear"] },
    excludes: true,
  },
  state: {
    meaning: "how far the review is",
    values: {
      counted: [],
      unsure: [],
      surplus: [],
      waiting: [],
      withdrawn: [],
      not_drawn: [],
    },
    excludes: true,
  },
  reviewed: { meaning: "whether it is in the accuracy", values: { yes: [], no: [] }, excludes: true },
  flag: { meaning: "what was odd when it came in", excludes: true },
  reviewer: { meaning: "who judged it", excludes: true },
  id: { meaning: "how the sender's id begins", excludes: false },
  field: { meaning: "what a field of the input or output says", excludes: false },
} as const satisfies Readonly<Record<string, FilterName>> & Partial<Record<keyof OutputFilter, FilterName>>;

export type KnownName = keyof typeof FILTER_NAMES;

export function isKnownName(name: string): name is KnownName {
  return Object.hasOwn(FILTER_NAMES, name);
}

/** Names that are read as others: both leave the day itself out. */
export const DAY_NAMES: Readonly<Record<string, { name: "from" | "to"; shift: number }>> = {
  after: { name: "from", shift: 1 },
  before: { name: "to", shift: -1 },
};

/** The value that a word stands for; undefined when the name does not know it. */
export function knownValue(name: KnownName, word: string): string | undefined {
  const { values }: FilterName = FILTER_NAMES[name];
  if (!values) return word;
  const plain = word.toLowerCase().replaceAll(" ", "_");
  return Object.keys(values).find((value) => value === plain || values[value]?.includes(plain));
}
