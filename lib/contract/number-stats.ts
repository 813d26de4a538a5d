/** Extremes and a sample of numbers; the sample is decided by hashes, so that order and merging do not matter. */
export interface NumberStats {
  n: number;
  low: number;
  high: number;
  /** Sampling hash and value in turns: those with the smallest hashes. */
  sample: [hash: number, value: number][];
}

const SAMPLE = 256;

export function noNumbers(): NumberStats {
  return { n: 0, low: Number.POSITIVE_INFINITY, high: Number.NEGATIVE_INFINITY, sample: [] };
}

export function addNumber(to: NumberStats, hash: number, value: number): void {
  to.n += 1;
  if (value < to.low) to.low = value;
  if (value > to.high) to.high = value;
  insert(to.sample, [hash, value]);
}

/** Keeps the smallest, sorted by hash; a full sample takes few of the numbers that come. */
function insert(sample: [number, number][], item: [number, number]): void {
  const last = sample.length - 1;
  if (last + 1 === SAMPLE && !isBefore(item, sample[last])) return;
  let low = 0;
  let high = sample.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBefore(sample[middle] ?? item, item)) low = middle + 1;
    else high = middle;
  }
  sample.splice(low, 0, item);
  if (sample.length > SAMPLE) sample.pop();
}

function isBefore(left: readonly [number, number], right: readonly [number, number] | undefined): boolean {
  return right === undefined || left[0] < right[0] || (left[0] === right[0] && left[1] < right[1]);
}

export function mergeNumbers(to: NumberStats, from: NumberStats): void {
  to.n += from.n;
  to.low = Math.min(to.low, from.low);
  to.high = Math.max(to.high, from.high);
  for (const [hash, value] of from.sample) insert(to.sample, [hash, value]);
}

/** The value below which a share of the sample lies (nearest rank); null without numbers. */
export function sampleQuantile(stats: NumberStats, share: number): number | null {
  const values = stats.sample.map(([, value]) => value).sort((a, b) => a - b);
  return values[Math.min(values.length - 1, Math.floor(share * values.length))] ?? null;
}
