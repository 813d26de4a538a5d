import { gapPhrase, gapState, segmentName, type StateSentence } from "@/components/chart/state-sentence";
import { formatInterval, formatPercent } from "@/lib/core/format";
import type { SegmentTable } from "@/lib/estimate/schema";

import { worstFirst } from "./next-step";

/**
 * Adds what the last four weeks say together: one period alone is often too little to tell a loss from chance. With many segments
 * some differ by chance, so their number is said with the number that was compared.
 */
export function withRecent(sentence: StateSentence, recent: SegmentTable, fewest: number): StateSentence {
  const evidence = [...sentence.evidence];
  const { estimate, gap } = recent.overall;
  if (estimate && gap && estimate.n >= fewest) {
    evidence.push(
      `Over the last four weeks it was ${formatPercent(estimate.mean)} (${formatInterval(estimate)}), ${gapPhrase(gap)}.`,
    );
  }
  const compared = worstFirst(recent.rows, fewest).filter((row) => row.gap !== null);
  const below = compared.filter((row) => row.gap && gapState(row.gap) === "below");
  const [worst] = below;
  if (worst) {
    evidence.push(
      `${below.length} of ${compared.length} segments compared ${below.length === 1 ? "was" : "were"} below their own pilot in that time, most surely ${segmentName(worst.segment)}.`,
    );
  }
  return { ...sentence, evidence };
}
