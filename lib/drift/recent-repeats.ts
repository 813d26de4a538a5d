import { designEffect } from "./design-effect";
import type { Feature } from "./feature";
import { type ClusteredFacts, REPEAT_PATH, type Repeat } from "./output-facts";
import type { ContentKey } from "./repeats";

/** An input that comes again within so many outputs comes again at once. More would depend on how much comes in a day. */
const MOST_RECENT = 100;
const REPEATS: Repeat[] = ["first", "same", "other"];

/** Whether each input, in the order of arrival, is one of the hundred before it, and whether it got an answer that it had then. */
export function recentRepeats(
  keys: readonly ContentKey[],
  before: readonly ContentKey[],
): { repeats: Repeat[]; recent: ContentKey[] } {
  const all = [...before, ...keys];
  const known = new Map<string, ContentKey[]>();
  const repeats: Repeat[] = [];
  for (const [at, key] of all.entries()) {
    const gone = all[at - MOST_RECENT - 1];
    if (gone) known.get(gone.input)?.shift();
    const answers = known.get(key.input) ?? [];
    if (at >= before.length) repeats.push(repeatOf(key, answers));
    known.set(key.input, [...answers, key]);
  }
  return { repeats, recent: all.slice(-MOST_RECENT) };
}

function repeatOf({ output }: ContentKey, answers: readonly ContentKey[]): Repeat {
  if (answers.length === 0) return "first";
  return answers.some((each) => each.output === output) ? "same" : "other";
}

type PilotOutput = ClusteredFacts & { key: ContentKey };

/**
 * How often inputs came again at once in the pilot, given all of its outputs in the order in which they happened, with the last ones of
 * them, which production follows. Null when there are too few: the first hundred have too little before them to be counted.
 */
export function repeatFeature(
  pilot: readonly PilotOutput[],
): { feature: Feature; recent: ContentKey[] } | null {
  if (pilot.length < 2 * MOST_RECENT) return null;
  const { repeats, recent } = recentRepeats(
    pilot.map(({ key }) => key),
    [],
  );
  const places = repeats.slice(MOST_RECENT).map((repeat) => REPEATS.indexOf(repeat));
  const clusters = pilot.slice(MOST_RECENT).map(({ cluster }) => cluster);
  const baseline = REPEATS.map((_, place) => places.filter((each) => each === place).length);
  const feature: Feature = {
    path: REPEAT_PATH,
    measure: "value",
    bins: { kind: "category", values: REPEATS, rare: [], newBins: 1 },
    baseline: [...baseline, 0, 0, 0],
    designEffect: designEffect(places, clusters),
  };
  return { feature, recent };
}
