/** A feature that has moved: since when, and when it was noticed. */
export interface MovedFeature {
  name: string;
  since: string;
  noticedOn: string;
  /** Day on which it was back where the pilot had it; null = still moved. */
  returnedOn: string | null;
  logTail: number;
}

/** Features that moved together: one thing happened, however many fields show it. */
export interface DriftFinding {
  since: string;
  noticedOn: string;
  returnedOn: string | null;
  /** The clearest first. */
  features: MovedFeature[];
}

const DAYS_TOGETHER = 3;
const DAY_MS = 86_400_000;

/** Moves that began within three days of each other are one finding. */
export function groupFindings(moved: readonly MovedFeature[]): DriftFinding[] {
  const inOrder = moved.toSorted(
    (a, b) => a.since.localeCompare(b.since) || a.logTail - b.logTail || a.name.localeCompare(b.name),
  );
  const groups: MovedFeature[][] = [];
  for (const feature of inOrder) {
    const group = groups.at(-1);
    const first = group?.[0];
    if (group && first && daysBetween(first.since, feature.since) <= DAYS_TOGETHER) group.push(feature);
    else groups.push([feature]);
  }
  return groups.map((features) => ({
    since: features[0]?.since ?? "",
    noticedOn: earliest(features.map(({ noticedOn }) => noticedOn)),
    returnedOn: features.some(({ returnedOn }) => returnedOn === null)
      ? null
      : (features
          .map(({ returnedOn }) => returnedOn ?? "")
          .toSorted()
          .at(-1) ?? null),
    features: features.toSorted((a, b) => a.logTail - b.logTail),
  }));
}

function daysBetween(a: string, b: string): number {
  return (Date.parse(b) - Date.parse(a)) / DAY_MS;
}

function earliest(days: readonly string[]): string {
  return days.toSorted()[0] ?? "";
}
