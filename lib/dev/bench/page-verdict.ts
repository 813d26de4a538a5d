export const AIM_MS = 150;
export const AIM_GROWTH = 1.3;
/** A page that is this fast at its large size is not told by a ratio: most of such a time is the same small change for every page. */
export const FLOOR_MS = 30;

export interface PageVerdict {
  /** Medians. */
  smallMs: number;
  largeMs: number;
  growth: number;
  /** Of the large size. */
  p95Ms: number;
  missed: ("slow" | "grows")[];
  words: string;
}

/**
 * Whether a page holds its two aims: how long it takes at the large size, at the 95th percentile, and how much longer than at the small
 * one, by the medians, which one slow answer does not move. Below the floor growth is told, and is no miss.
 */
export function pageVerdict(small: readonly number[], large: readonly number[]): PageVerdict {
  const [smallMs, largeMs, p95Ms] = [quantile(small, 0.5), quantile(large, 0.5), quantile(large, 0.95)];
  const growth = largeMs / smallMs;
  const grows = growth > AIM_GROWTH;
  const missed: PageVerdict["missed"] = [];
  if (p95Ms > AIM_MS) missed.push("slow");
  if (grows && p95Ms >= FLOOR_MS) missed.push("grows");
  const words = missed.join(", ") || (grows ? "below the floor" : "held");
  return { smallMs, largeMs, growth, p95Ms, missed, words };
}

/** By the nearest rank; NaN of nothing. */
export function quantile(values: readonly number[], share: number): number {
  return [...values].sort((a, b) => a - b)[Math.ceil(values.length * share) - 1] ?? Number.NaN;
}
