/** Known items that lie ahead of a reviewer at any time. */
const AHEAD = 3;
/** So far ahead is looked for them. */
const LOOKED_AT = 1_000;
/** What is late comes among the next few items, not at once: nobody is to see a pattern. */
const LATE_WITHIN = 5;

/** Numbers of the items of a week, counted from 1, that are to have a known answer: each with the same probability, by hash. */
export function goldPositions(
  draw: (unit: string) => number,
  week: string,
  { share, reviewed }: { share: number; reviewed: number },
): number[] {
  const positions: number[] = [];
  for (let at = 1, ahead = 0; at <= reviewed + LOOKED_AT && ahead < AHEAD; at += 1) {
    if (draw(`${week}:${at}`) >= share) continue;
    positions.push(at);
    if (at > reviewed) ahead += 1;
  }
  return positions;
}

/** Numbers of the items of a week that are to be own old ones: spread by hash over what a reviewer is expected to do. */
export function repeatPositions(
  draw: (unit: string) => number,
  week: string,
  { perWeek, expected }: { perWeek: number; expected: number },
): number[] {
  const places = Array.from(
    { length: perWeek },
    (_, at) => 1 + Math.floor(draw(`${week}:${at}:place`) * expected),
  );
  return places.sort((a, b) => a - b);
}

export interface QueueFacts {
  /** Items that the reviewer has decided this week, and how many of them were of this kind. */
  reviewed: number;
  done: number;
  /** Reviewers who take from the queue now. */
  sharing: number;
  /** Ordinary items that wait. */
  waiting: number;
}

/**
 * How many ordinary items are to be served before each of the re-servings that should wait now, in rising order. There are none beyond
 * the ordinary items that wait: at the end of a queue a re-serving would stand alone.
 */
export function probeRanks(
  positions: readonly number[],
  { reviewed, done, sharing, waiting }: QueueFacts,
  random: () => number,
): number[] {
  const ranks = positions
    .slice(done)
    .slice(0, AHEAD)
    .map((position) =>
      position <= reviewed
        ? Math.floor(random() * LATE_WITHIN * sharing)
        : (position - reviewed - 1) * sharing,
    );
  return ranks.filter((rank) => rank < waiting).sort((a, b) => a - b);
}

/** A key between those of the items before and after a place in the queue; the keys in rising order, at least one. */
export function keyAtRank(keys: readonly number[], rank: number): number {
  const after = keys[Math.min(rank, keys.length - 1)] ?? 0;
  const before = rank === 0 ? 0 : (keys[Math.min(rank, keys.length - 1) - 1] ?? 0);
  return (before + after) / 2;
}
