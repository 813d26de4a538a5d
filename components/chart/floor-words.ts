import { formatPercent } from "@/lib/core/format";
import type { AccuracySeries } from "@/lib/estimate/schema";
import type { AccuracyFloor } from "@/lib/monitor/read-floor";

import { accuracyRange } from "./estimate-text";
import type { StateSentence } from "./state-sentence";

/** "Promised 90.0 %", or "Must not fall below 91.2 %" where the line follows from the pilot. */
export function floorName({ accuracy, promised }: AccuracyFloor): string {
  return `${promised ? "Promised" : "Must not fall below"} ${formatPercent(accuracy)}`;
}

export type PromiseState = "below" | "kept" | "unclear";

/** On which side of what was promised the whole range of the current number lies; null without a promise or a number. */
export function floorState(now: AccuracySeries["now"], floor: AccuracyFloor | null): PromiseState | null {
  if (!now || !floor?.promised) return null;
  const { low, high } = accuracyRange(now.estimate);
  if (high < floor.accuracy) return "below";
  return low >= floor.accuracy ? "kept" : "unclear";
}

/** Adds what the number says of a promise. A line that follows from the pilot adds nothing to the comparison with the pilot. */
export function withFloor(
  sentence: StateSentence,
  now: AccuracySeries["now"],
  floor: AccuracyFloor | null,
): StateSentence {
  const state = floorState(now, floor);
  if (!state || !floor) return sentence;
  const promise = `the promised ${formatPercent(floor.accuracy)}`;
  const said = {
    below: `That is below ${promise}.`,
    kept: `That keeps ${promise}.`,
    unclear: `Whether that keeps ${promise} cannot be told yet, which lies within the range.`,
  }[state];
  const weak = sentence.state === "unclear" || sentence.state === "no_pilot";
  return {
    ...sentence,
    state: state === "below" && weak ? "below" : sentence.state,
    evidence: [said, ...sentence.evidence],
  };
}
