import { formatCount, formatPercent, formatDecimal } from "@/lib/core/format";
import type { AccuracyGap } from "@/lib/estimate/schema";
import type { ComparedVersion, VersionComparison } from "@/lib/estimate/version-schema";

import { FEWEST_FOR_LINE } from "./chart-rows";
import { gapState } from "./state-sentence";

export interface VersionSentence {
  state: "worse" | "better" | "unclear" | "too_few";
  headline: string;
  /** How far to trust it and what else there is to say, each a sentence. */
  notes: string[];
}

/** What the comparison comes to, in words; on the same traffic where that can be said, else as each version was used. */
export function versionSentence({
  earlier,
  later,
  difference,
  matched,
  paired,
}: VersionComparison): VersionSentence {
  const short = [later, earlier].find(({ estimate }) => (estimate?.n ?? 0) < FEWEST_FOR_LINE);
  if (short || !difference) return { state: "too_few", headline: tooFew(short ?? later), notes: [] };
  const gap = matched?.difference ?? difference;
  const where = matched ? `on the same traffic by ${matched.attribute}` : "each on the traffic that it had";
  const notes = [matched ? trafficNote(difference, matched.difference) : null, leftOut(matched)];
  if (paired && !paired.difference)
    notes.push(
      `${formatCount(paired.pairs)} ${paired.pairs === 1 ? "input was" : "inputs were"} judged for both versions: too few to compare in pairs.`,
    );
  const state = { below: "worse", above: "better", unclear: "unclear" } as const;
  return {
    state: state[gapState(gap)],
    headline: `${headline(gap, earlier.version, later.version)}, ${where}.`,
    notes: notes.filter((note) => note !== null),
  };
}

function headline(gap: AccuracyGap, earlier: string, later: string): string {
  const state = gapState(gap);
  if (state === "below")
    return `${later} is ${points(gap.difference)} points worse than ${earlier} (${points(gap.high)} to ${points(gap.low)})`;
  if (state === "above")
    return `${later} is ${points(gap.difference)} points better than ${earlier} (${points(gap.low)} to ${points(gap.high)})`;
  return `No clear difference between ${later} and ${earlier} (from ${points(gap.low)} points worse to ${points(gap.high)} better)`;
}

function tooFew({ version, estimate }: ComparedVersion): string {
  const n = estimate?.n ?? 0;
  if (n === 0) return `Nobody has reviewed any output of ${version} in these days.`;
  return `Too few reviews to tell: ${version} has ${n === 1 ? "1" : formatCount(n)} of the ${FEWEST_FOR_LINE} that it takes.`;
}

/** Where the traffic explains what one sees, that is said: the other number is the one on everybody's lips. */
function trafficNote(used: AccuracyGap, matched: AccuracyGap): string | null {
  const moved = used.difference - matched.difference;
  if (Math.abs(moved) < 0.005) return null;
  const text = used.difference < 0 ? "worse" : "better";
  return `As each was used, it is ${points(used.difference)} points ${text}: ${points(moved)} points of the distance come from different traffic.`;
}

function leftOut(matched: VersionComparison["matched"]): string | null {
  if (!matched) return null;
  const most = Math.max(matched.left_out_earlier, matched.left_out_later);
  return most < 0.005
    ? null
    : `${formatPercent(most)} of the traffic of one version is left out there: the other one has no, or too few reviewed, outputs of its kind.`;
}

function points(difference: number): string {
  return formatDecimal(Math.abs(difference * 100), 1);
}
