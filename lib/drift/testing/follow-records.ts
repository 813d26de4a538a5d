import { type DriftWindow, driftThreshold, followDrift, type DayCounts } from "@/lib/drift/drift-path";
import type { DriftFinding, MovedFeature } from "@/lib/drift/drift-findings";
import { groupFindings, movesOf as listMoves } from "@/lib/drift/drift-findings";
import { type Feature, featureName } from "@/lib/drift/feature";
import { meanClusterSize } from "@/lib/drift/mean-cluster-size";
import type { ClusteredFacts } from "@/lib/drift/output-facts";
import { noWindowCounts, windowCounter } from "@/lib/drift/window-counts";

export interface DatedFacts extends ClusteredFacts {
  day: string;
}

export interface FollowedFeature {
  feature: Feature;
  windows: DriftWindow[];
}

/** Production in memory, day by day, as the jobs count it. */
export function followRecords(
  features: readonly Feature[],
  pilotClusterSize: number,
  production: readonly DatedFacts[],
  watched = features.length,
): FollowedFeature[] {
  const count = windowCounter(features);
  const byDay = new Map<string, DatedFacts[]>();
  for (const each of production) {
    const outputs = byDay.get(each.day);
    if (outputs) outputs.push(each);
    else byDay.set(each.day, [each]);
  }
  const days = [...byDay]
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([day, outputs]) => {
      const counts = noWindowCounts(features);
      for (const { facts } of outputs) count(counts, facts);
      const size = meanClusterSize(outputs.map(({ cluster }) => cluster));
      return { day, counts, clumping: Math.max(1, size / pilotClusterSize) };
    });
  const logThreshold = driftThreshold(watched);
  return features.map((feature, at) => {
    const own = days.map(
      ({ day, counts, clumping }): DayCounts => ({ day, clumping, counts: counts[at] ?? [] }),
    );
    return { feature, windows: followDrift(feature, own, { logThreshold }) };
  });
}

export function movesOf({ feature, windows }: FollowedFeature): MovedFeature[] {
  const moves = listMoves(windows.map((window) => ({ ...window, since: window.state.movedSince })));
  return moves.map((move) => ({ ...move, name: featureName(feature) }));
}

export function findingsOf(followed: readonly FollowedFeature[]): DriftFinding[] {
  return groupFindings(followed.flatMap(movesOf));
}
