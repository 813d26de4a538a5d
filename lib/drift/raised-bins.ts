import type { StoredFinding } from "./finding-queries";

/** Of all outputs, moved bins of at most this share are drawn more often: a bin with most of the traffic is reviewed as it is. */
const MOST_RAISED = 0.4;

/**
 * Bins whose outputs are drawn more often while a finding is open, by feature: those that grew most first, as long as they hold no
 * more of the traffic together than pays.
 */
export function raisedBins(
  findings: readonly Pick<StoredFinding, "feature" | "gained" | "endedOn">[],
): Map<number, Set<number>> {
  const grown = findings
    .filter(({ endedOn }) => endedOn === null)
    .flatMap(({ feature, gained }) => gained.map((bin) => ({ feature, ...bin })))
    .toSorted((a, b) => growth(b) - growth(a) || a.feature - b.feature || a.bin - b.bin);
  const raised = new Map<number, Set<number>>();
  let share = 0;
  for (const { feature, bin, now } of grown) {
    if (share + now > MOST_RAISED) continue;
    share += now;
    raised.set(feature, (raised.get(feature) ?? new Set()).add(bin));
  }
  return raised;
}

function growth({ pilot, now }: { pilot: number; now: number }): number {
  return now / Math.max(pilot, 0.001);
}
