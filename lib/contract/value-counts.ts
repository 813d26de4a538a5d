import { textHash } from "./text-hash";

/**
 * How often each value came, in bounded space: of more values than fit, those with the smallest hashes are kept. A value that is kept
 * in the end was kept from its first time on, so that its count is exact, and the order of adding and merging does not matter.
 */
export interface ValueCounts {
  counts: Map<string, number>;
  /** There were more values than fit. */
  overflow: boolean;
  /** Largest hash kept, while full. */
  limit: number;
}

export function noValues(): ValueCounts {
  return { counts: new Map(), overflow: false, limit: 0 };
}

export function countValue(to: ValueCounts, value: string, most: number, times = 1): void {
  const known = to.counts.get(value);
  if (known !== undefined) {
    to.counts.set(value, known + times);
    return;
  }
  if (to.counts.size < most) {
    to.counts.set(value, times);
    return;
  }
  if (!to.overflow) {
    to.overflow = true;
    to.limit = textHash(largest(to.counts));
  }
  if (textHash(value) > to.limit) return;
  to.counts.set(value, times);
  to.counts.delete(largest(to.counts));
  to.limit = textHash(largest(to.counts));
}

/** The kept value that goes first when another comes. */
function largest(counts: ReadonlyMap<string, number>): string {
  let found = "";
  let hash = -1;
  for (const value of counts.keys()) {
    const own = textHash(value);
    if (own > hash || (own === hash && value > found)) [found, hash] = [value, own];
  }
  return found;
}

export function mergeValues(to: ValueCounts, from: ValueCounts, most: number): void {
  for (const [value, times] of from.counts) countValue(to, value, most, times);
  if (from.overflow && !to.overflow) {
    to.overflow = true;
    to.limit = textHash(largest(to.counts));
  }
}

/** Values that came once, as a share of all: how likely the next one is new (Good 1953, after Turing). 1 when nothing came. */
export function unseenMass(values: ValueCounts, total: number): number {
  if (total === 0 || values.overflow) return 1;
  let once = 0;
  for (const times of values.counts.values()) if (times === 1) once += 1;
  return once / total;
}
