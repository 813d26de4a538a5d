/* When a rule is broken by so many records that the rule is wrong, or the sender is: pure. */

/** The newest records that are looked at: ten minutes of them, and no fewer than two hundred. */
export const LEAST_RECORDS = 200;
export const WINDOW_MINUTES = 10;
const LEAST_SHARE = 0.2;
const TIMES_EXPECTED = 10;
/** It is over below half of the share at which it begins, so that it does not flicker. */
const OVER_BELOW = 0.5;

/** Records of the window that one code was found in. */
export interface CodeCount {
  code: string;
  records: number;
  paths: { path: string; records: number }[];
}

export interface WatchedWindow {
  records: number;
  codes: CodeCount[];
}

/** The same with what says whether two codes belong together. */
export interface PairedWindow extends WatchedWindow {
  /** From its first minute to its last. */
  spanMs: number;
  /** Records with both of two codes, by `pairOf`. */
  both: ReadonlyMap<string, number>;
}

/** The share from which on a code is a mass violation: a fifth, and ten times what the pilot leads to expect. */
export function massShare(expected: number): number {
  return Math.max(LEAST_SHARE, TIMES_EXPECTED * expected);
}

export function isMassViolation(window: WatchedWindow, code: CodeCount, expected: number): boolean {
  return window.records >= LEAST_RECORDS && code.records >= massShare(expected) * window.records;
}

/** The share has fallen back; a window with too few records says nothing. */
export function isOver(window: WatchedWindow, code: string, expected: number): boolean {
  const records = window.codes.find((each) => each.code === code)?.records ?? 0;
  return window.records >= LEAST_RECORDS && records < OVER_BELOW * massShare(expected) * window.records;
}

export interface MinuteCount {
  minute: Date;
  records: number;
  hits: number;
}

/**
 * The minute in which the share likely rose from what is expected to what it is now: after it, the sum of hits above the middle of both
 * is largest (Page's cumulative sum). Minutes in their order.
 */
export function likelyStart(minutes: readonly MinuteCount[], expected: number, share: number): Date | null {
  const middle = (Math.min(expected, share) + share) / 2;
  let [sum, lowest] = [0, Number.POSITIVE_INFINITY];
  let start: Date | null = null;
  for (const { minute, records, hits } of minutes) {
    if (sum < lowest) [lowest, start] = [sum, minute];
    sum += hits - middle * records;
  }
  return start;
}

/** A code that is broken in mass, as far as its start and its records go. */
export interface BrokenCode {
  since: Date;
  /** Records of the newest window that have it. */
  hits: number;
}

/** Of the rarer code's records so many must have the other code as well. */
const LEAST_OVERLAP = 0.5;

/**
 * Two codes that began together and are found in the same records are one change of the system. Either alone is not enough: what has been
 * broken for weeks shares its records with whatever breaks next, and two systems may fail in the same minute.
 */
export function isSameChange(a: BrokenCode, b: BrokenCode, both: number, windowMs: number): boolean {
  const near = Math.abs(a.since.getTime() - b.since.getTime()) <= Math.max(windowMs, WINDOW_MINUTES * 60_000);
  return near && both > 0 && both >= LEAST_OVERLAP * Math.min(a.hits, b.hits);
}
