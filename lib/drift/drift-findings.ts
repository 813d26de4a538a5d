import type { DriftWindow } from "./drift-path";

export type MoveEnd = "returned" | "moved_on";

/** One move of a feature: since when, when it was noticed, and how it ended. */
export interface Move {
  since: string;
  noticedOn: string;
  logTail: number;
  /** Day on which it was back where the pilot had it, or had moved once more; null = still there. */
  endedOn: string | null;
  endedBy: MoveEnd | null;
}

/** The windows of one feature that raised or ended something, in their order: its moves. */
export function movesOf(
  windows: readonly (Pick<DriftWindow, "to" | "noticed" | "returned" | "logTail"> & {
    since: string | null;
  })[],
): Move[] {
  const moves: Move[] = [];
  for (const { to, noticed, returned, logTail, since } of windows) {
    const open = moves.at(-1);
    if ((noticed || returned) && open?.endedOn === null) {
      open.endedOn = to;
      open.endedBy = returned ? "returned" : "moved_on";
    }
    if (noticed && since !== null)
      moves.push({ since, noticedOn: to, logTail: logTail ?? 0, endedOn: null, endedBy: null });
  }
  return moves;
}

/** A move with the name of its feature. */
export interface MovedFeature extends Move {
  name: string;
}

/** Features that moved together: one thing happened, however many fields show it. */
export interface DriftFinding<Feature extends MovedFeature = MovedFeature> {
  since: string;
  noticedOn: string;
  /** Day on which the last of them was back, or had moved once more; null = one still is where it moved to. */
  endedOn: string | null;
  endedBy: MoveEnd | null;
  /** The clearest first. */
  features: Feature[];
}

const DAYS_TOGETHER = 3;
const DAY_MS = 86_400_000;

/** Moves that began within three days of each other are one finding. */
export function groupFindings<Feature extends MovedFeature>(
  moved: readonly Feature[],
): DriftFinding<Feature>[] {
  const inOrder = moved.toSorted(
    (a, b) => a.since.localeCompare(b.since) || a.logTail - b.logTail || a.name.localeCompare(b.name),
  );
  const groups: Feature[][] = [];
  for (const feature of inOrder) {
    const group = groups.at(-1);
    const first = group?.[0];
    if (group && first && daysBetween(first.since, feature.since) <= DAYS_TOGETHER) group.push(feature);
    else groups.push([feature]);
  }
  return groups.map((features) => ({
    since: features[0]?.since ?? "",
    noticedOn: earliest(features.map(({ noticedOn }) => noticedOn)),
    ...endOf(features),
    features: features.toSorted((a, b) => a.logTail - b.logTail),
  }));
}

function endOf(features: readonly MovedFeature[]): Pick<DriftFinding, "endedOn" | "endedBy"> {
  if (features.some(({ endedOn }) => endedOn === null)) return { endedOn: null, endedBy: null };
  const last = features.toSorted((a, b) => (a.endedOn ?? "").localeCompare(b.endedOn ?? "")).at(-1);
  return { endedOn: last?.endedOn ?? null, endedBy: last?.endedBy ?? null };
}

function daysBetween(a: string, b: string): number {
  return (Date.parse(b) - Date.parse(a)) / DAY_MS;
}

function earliest(days: readonly string[]): string {
  return days.toSorted()[0] ?? "";
}
