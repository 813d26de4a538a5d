/** Counts per bin of n draws with these shares. */
export function binnedSample(shares: readonly number[], n: number, random: () => number): number[] {
  const counts = shares.map(() => 0);
  for (let i = 0; i < n; i += 1) {
    let rest = random();
    let bin = 0;
    while (bin < shares.length - 1 && rest >= (shares[bin] ?? 0)) {
      rest -= shares[bin] ?? 0;
      bin += 1;
    }
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts;
}
