import type { RecordFacts } from "./record-facts";

const MOST = 100;

/** A key as a step of a path; the key "*" itself is written "~2". */
export function pathTo(parent: string, key: string): string {
  return `${parent}/${key.replaceAll("~", "~0").replaceAll("/", "~1").replaceAll("*", "~2")}`;
}

/** The keys of a path of a contract: "~2" is the key "*", a plain "*" is every member. */
export function pathSteps(path: string): (string | null)[] {
  return path
    .slice(1)
    .split("/")
    .map((step) => (step === "*" ? null : plainKey(step)));
}

function plainKey(step: string): string {
  return step.includes("~") ? step.replaceAll("~2", "*").replaceAll("~1", "/").replaceAll("~0", "~") : step;
}

const steps = new Map<string, (string | null)[]>();

function knownSteps(path: string): (string | null)[] {
  let known = steps.get(path);
  if (!known) {
    known = pathSteps(path);
    if (steps.size >= 10_000) steps.clear();
    steps.set(path, known);
  }
  return known;
}

/** The value at a path of plain keys; of a path with "*", the first. */
export function valueAt(facts: RecordFacts, path: string): unknown {
  let value: unknown = facts;
  for (const step of knownSteps(path)) {
    if (step === null) return valuesAt(facts, path)[0];
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<string, unknown>)[step];
  }
  return value;
}

/** The values at a path, at most a hundred; a member that is not there is undefined. */
function valuesAt(facts: RecordFacts, path: string): unknown[] {
  let values: unknown[] = [facts];
  for (const step of knownSteps(path))
    values = values.flatMap((value) => membersOf(value, step)).slice(0, MOST);
  return values;
}

function membersOf(value: unknown, step: string | null): unknown[] {
  if (typeof value !== "object" || value === null) return step === null ? [] : [undefined];
  if (step === null) return Object.values(value).slice(0, MOST);
  return [Object.hasOwn(value, step) ? (value as Record<string, unknown>)[step] : undefined];
}

export function isNothing(value: unknown): boolean {
  return value === undefined || value === null;
}
