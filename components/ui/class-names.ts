import { type ClassValue, clsx } from "clsx";

import { groupsOf } from "./class-groups";

const merged = new Map<string, string>();
const MOST_REMEMBERED = 1_000;

/** Joins class names; of two that set the same property the later one stays. */
export function cn(...classes: ClassValue[]): string {
  const joined = clsx(classes);
  const before = merged.get(joined);
  if (before !== undefined) return before;
  const result = withoutOverridden(joined);
  if (merged.size >= MOST_REMEMBERED) merged.clear();
  merged.set(joined, result);
  return result;
}

function withoutOverridden(joined: string): string {
  const taken = new Set<string>();
  const kept: string[] = [];
  for (const name of joined.split(/\s+/).filter(Boolean).reverse()) {
    const groups = groupsOf(name);
    const [own] = groups;
    if (own !== undefined && taken.has(own)) continue;
    for (const group of groups) taken.add(group);
    kept.push(name);
  }
  return kept.reverse().join(" ");
}
