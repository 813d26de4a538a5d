import { shapeSignature } from "@/lib/contract/shape";
import { pointerTo } from "@/lib/core/json-pointer";

/** What drift and typicality look at in one output. Paths are JSON pointers: "/input/age", "/confidence". */
export interface OutputFacts {
  input: unknown;
  output: unknown;
  confidence: number | null;
  environment: unknown;
  latencyMs: number | null;
  segments?: unknown;
  /** Whether it was out of the ordinary; not there without a score. */
  unusual?: "yes" | "no";
  /** Whether its input is one of those just before, and then with which answer. */
  repeat?: Repeat;
}

export type Repeat = "first" | "same" | "other";

/** The form of an output: which paths with which types. Stands for five fields that are gone at once. */
export const FORM_PATH = "/form";
export const UNUSUAL_PATH = "/unusual";
export const REPEAT_PATH = "/repeat";

/** Outputs that fail together stand in one cluster; one that stands alone is its own. */
export interface ClusteredFacts {
  facts: OutputFacts;
  cluster: string;
}

export const MOST_PATHS = 500;
const DEEPEST = 8;

/** Calls `visit` for every leaf, arrays as a whole; objects below the eighth level are not looked into. */
export function visitLeaves(facts: OutputFacts, visit: (path: string, value: unknown) => void): void {
  const descend = (path: string, value: unknown, depth: number): void => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return visit(path, value);
    if (depth >= DEEPEST) return;
    for (const name of Object.keys(value))
      descend(pointerTo(path, name), (value as Record<string, unknown>)[name], depth + 1);
  };
  descend("/input", facts.input, 0);
  descend("/output", facts.output, 0);
  if (typeof facts.environment === "object" && facts.environment !== null)
    descend("/environment", facts.environment, 0);
  if (facts.confidence !== null) visit("/confidence", facts.confidence);
  if (facts.latencyMs !== null) visit("/latencyMs", facts.latencyMs);
}

/** Leaves that drift looks at beside those: what people chose to divide outputs by, and their form. */
export function visitWatched(facts: OutputFacts, visit: (path: string, value: unknown) => void): void {
  visitLeaves(facts, visit);
  if (typeof facts.segments === "object" && facts.segments !== null)
    for (const [name, value] of Object.entries(facts.segments)) visit(pointerTo("/segments", name), value);
  visit(FORM_PATH, formOf(facts));
}

function formOf({ input, output }: OutputFacts): string {
  return shapeSignature([input, output]);
}

/** A function that reads one path; undefined where the output has no such place. */
export function pathReader(path: string): (facts: OutputFacts) => unknown {
  if (path === FORM_PATH) return formOf;
  const [root = "", ...names] = path
    .slice(1)
    .split("/")
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
  return (facts) => {
    let current: unknown = facts[root as keyof OutputFacts];
    for (const name of names) {
      if (typeof current !== "object" || current === null || !Object.hasOwn(current, name)) return undefined;
      current = (current as Record<string, unknown>)[name];
    }
    return current;
  };
}
