import type { Reason } from "@/lib/quarantine/reason";

const MINUTE_MS = 60_000;
/** Of one minute so many codes and paths are counted apart; others only in their code. */
const MOST_PATHS = 200;
const MOST_MINUTES = 100;
/** Of one record so many codes are counted in pairs. */
const MOST_PAIRED = 8;

/** Codes and paths that are counted apart, by minute: remembered beyond a write, since keys that a sender makes up never end. */
export type ApartPaths = Map<number, Set<string>>;

/** How many records were judged in each minute, how many had a code, and how many had it at a path. */
export type SeenCounts = Map<number, SeenMinute>;

interface SeenMinute {
  records: number;
  codes: Map<string, number>;
  /** By "CODE /path". */
  paths: Map<string, number>;
  /** Records that have two codes, by `pairOf`. */
  pairs: Map<string, number>;
}

/** How records that have both codes are counted, whichever is named first. */
export function pairOf(a: string, b: string): string {
  return a < b ? `${a}+${b}` : `${b}+${a}`;
}

export function isPair(code: string): boolean {
  return code.includes("+");
}

/** Adds one judged record; `atMs` is when it came, or, of a recorded stream, when it happened. */
export function countSeen(
  to: SeenCounts,
  atMs: number,
  reasons: readonly Pick<Reason, "code" | "path">[],
): void {
  const minute = Math.floor(atMs / MINUTE_MS) * MINUTE_MS;
  let seen = to.get(minute);
  if (!seen) to.set(minute, (seen = noneSeen()));
  seen.records += 1;
  const codes = new Set<string>();
  for (const { code, path } of reasons) {
    codes.add(code);
    const key = `${code} ${path}`;
    if (seen.paths.has(key) || seen.paths.size < MOST_PATHS) add(seen.paths, key, 1);
  }
  for (const code of codes) add(seen.codes, code, 1);
  if (codes.size > 1) countPairs(seen.pairs, [...codes].slice(0, MOST_PAIRED));
}

function noneSeen(): SeenMinute {
  return { records: 0, codes: new Map(), paths: new Map(), pairs: new Map() };
}

function countPairs(to: Map<string, number>, codes: readonly string[]): void {
  codes.forEach((a, at) => {
    for (const b of codes.slice(at + 1)) add(to, pairOf(a, b), 1);
  });
}

export function mergeSeen(to: SeenCounts, from: SeenCounts, apart: ApartPaths = new Map()): void {
  for (const [minute, { records, codes, paths, pairs }] of from) {
    let seen = to.get(minute);
    if (!seen) to.set(minute, (seen = noneSeen()));
    seen.records += records;
    for (const [code, count] of codes) add(seen.codes, code, count);
    for (const [pair, count] of pairs) add(seen.pairs, pair, count);
    let known = apart.get(minute);
    if (!known) {
      if (apart.size >= MOST_MINUTES) apart.clear();
      apart.set(minute, (known = new Set()));
    }
    for (const [key, count] of paths) {
      if (known.size < MOST_PATHS) known.add(key);
      if (known.has(key)) add(seen.paths, key, count);
    }
  }
}

export function seenRecords(counts: SeenCounts): number {
  let records = 0;
  for (const minute of counts.values()) records += minute.records;
  return records;
}

export interface SeenRow {
  minute: string;
  code: string;
  path: string;
  records: number;
}

/** As rows, in one order for all, so that two writers never wait for each other in a circle. */
export function seenRows(counts: SeenCounts): SeenRow[] {
  const rows: SeenRow[] = [];
  for (const [ms, { records, codes, paths, pairs }] of counts) {
    const minute = new Date(ms).toISOString();
    rows.push({ minute, code: "", path: "", records });
    for (const [code, count] of [...codes, ...pairs]) rows.push({ minute, code, path: "", records: count });
    for (const [key, count] of paths) {
      const [code, path] = splitOnce(key);
      // A path may be empty: that row is the code's own.
      if (path !== "") rows.push({ minute, code, path: path.slice(0, 500), records: count });
    }
  }
  return rows.sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
}

function orderOf({ minute, code, path }: SeenRow): string {
  return `${minute} ${code} ${path}`;
}

function splitOnce(key: string): [string, string] {
  const at = key.indexOf(" ");
  return [key.slice(0, at), key.slice(at + 1)];
}

function add(to: Map<string, number>, key: string, count: number): void {
  to.set(key, (to.get(key) ?? 0) + count);
}
