import { populationStabilityIndex } from "@/lib/stats/population-stability-index";
import { formatPercent } from "@/lib/core/format";
import { type Feature, specialBins } from "./feature";
import { UNUSUAL_PATH } from "./output-facts";
import { totalOf } from "./window-counts";

/** Below this many outputs nothing is shown but their number. */
export const FEWEST_SHOWN = 50;

export interface ShareChange {
  pilot: number;
  now: number;
}

export interface DriftReading {
  outputs: number;
  /** Shares of what is broken or new; null where the feature knows no such thing. */
  missing: ShareChange;
  unparseable: ShareChange | null;
  fresh: ShareChange | null;
  /** Population stability index, and what it is on average without any change. */
  index: number;
  noiseFloor: number;
  /** Of 100 outputs, how many fall into other bins than in the pilot. */
  elsewhere: number;
  /** Bins by how much they contribute to the index, the largest first. */
  bins: { bin: number; pilot: number; now: number; contribution: number }[];
}

/** What people are shown of a feature over some outputs; null when there are too few of them. */
export function readDrift(
  feature: Pick<Feature, "bins" | "baseline" | "designEffect">,
  counts: readonly number[],
  designEffect = feature.designEffect,
): DriftReading | null {
  const outputs = totalOf(counts);
  if (outputs < FEWEST_SHOWN) return null;
  const all = totalOf(feature.baseline);
  const effective = counts.map((count) => count / designEffect);
  const stability = populationStabilityIndex(
    effective,
    feature.baseline.map((count) => count / feature.designEffect),
  );
  if (!stability) return null;
  const share = (bin: number): ShareChange => ({
    pilot: (feature.baseline[bin] ?? 0) / all,
    now: (counts[bin] ?? 0) / outputs,
  });
  const special = specialBins(feature.bins);
  const bins = counts.map((_, bin) => {
    const { pilot, now } = share(bin);
    return { bin, pilot, now, contribution: contributionOf(pilot, now, all, outputs) };
  });
  return {
    outputs,
    missing: share(special.missing),
    unparseable: special.unparseable === null ? null : share(special.unparseable),
    fresh: special.fresh === null ? null : share(special.fresh),
    ...stability,
    elsewhere: 50 * bins.reduce((sum, { pilot, now }) => sum + Math.abs(pilot - now), 0),
    bins: bins.toSorted((a, b) => b.contribution - a.contribution),
  };
}

/** An empty bin counts as half an output, as in the index. */
function contributionOf(pilot: number, now: number, all: number, outputs: number): number {
  const p = Math.max(now, 0.5 / outputs);
  const q = Math.max(pilot, 0.5 / all);
  return (p - q) * Math.log(p / q);
}

/** The size of a change in words; what chance alone gives is called so. */
export function sizeSentence({ index, noiseFloor, elsewhere }: DriftReading): string {
  const of100 = Math.round(elsewhere);
  if (index <= 2 * noiseFloor || of100 === 0)
    return "About as in the pilot: so small a difference comes by chance.";
  return `${of100} of 100 outputs now fall elsewhere than in the pilot.`;
}

/** By one output in a hundred at least, and twofold. */
export function hasGrown(change: ShareChange | null): boolean {
  return change !== null && change.now - change.pilot >= 0.01 && change.now >= 2 * change.pilot;
}

/** The first thing to say about a feature: what is broken, then what is new, then the size of the change. */
export function readingSentence(reading: DriftReading, path = ""): string {
  const { missing, unparseable, fresh } = reading;
  const percent = (share: number) => formatPercent(share, share < 0.1 ? 1 : 0);
  const told = (what: string, { now, pilot }: ShareChange) =>
    `${what} in ${percent(now)} of outputs; it was ${percent(pilot)} in the pilot.`;
  if (path === UNUSUAL_PATH) {
    const unusual = reading.bins.find(({ bin }) => bin === 1)?.now ?? 0;
    return `${percent(unusual)} of outputs are unlike those of the pilot; 1 % would be by chance.`;
  }
  if (hasGrown(missing)) return told("Missing", missing);
  if (unparseable && hasGrown(unparseable)) return told("Unreadable", unparseable);
  if (fresh && hasGrown(fresh)) return told("A value that the pilot never had", fresh);
  if (missing.pilot - missing.now >= 0.2) return told("Missing", missing);
  return sizeSentence(reading);
}
