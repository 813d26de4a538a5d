import { moreReviewsWords } from "@/components/chart/more-reviews-words";
import { accuracyRange, accuracyText } from "@/components/chart/estimate-text";
import { gapPhrase, gapState, segmentName, type StateSentence } from "@/components/chart/state-sentence";
import { formatCount, formatInterval } from "@/lib/core/format";
import type { MoreReviews } from "@/lib/estimate/more-reviews";
import type { SegmentTable } from "@/lib/estimate/schema";

import { worstFirst } from "./next-step";

/**
 * Adds what the last four weeks say together: one period alone is often too little to tell a loss from chance. When only the four
 * weeks show a difference, they are the headline. With many segments some differ by chance, so their number is said with the
 * number that was compared. What is unclear is said with what it still takes.
 */
export function withRecent(
  sentence: StateSentence,
  recent: SegmentTable,
  { fewest, more, perWeek }: { fewest: number; more: MoreReviews; perWeek: number | null },
): StateSentence {
  const segments = belowTheirPilot(recent, fewest);
  const { estimate, gap } = recent.overall;
  if (!estimate || !gap || estimate.n < fewest) {
    return { ...sentence, evidence: [...sentence.evidence, ...segments] };
  }
  const said = `it was ${accuracyText(estimate)} (${formatInterval(accuracyRange(estimate))}), ${gapPhrase(gap)}.`;
  const state = gapState(gap);
  if (sentence.state === "unclear" && state !== "unclear") {
    const basis = `It rests on ${formatCount(estimate.n)} reviewed outputs. The latest period alone says less: ${sentence.headline}`;
    return {
      state,
      headline: `Over the last four weeks accuracy ${said.replace("it was", "was")}`,
      evidence: [basis, ...segments],
    };
  }
  const wait = moreReviewsWords(more, perWeek);
  const whole = [`Over the last four weeks ${said}`, ...(wait ? [wait] : [])];
  return { ...sentence, evidence: [...sentence.evidence, ...whole, ...segments] };
}

function belowTheirPilot(recent: SegmentTable, fewest: number): string[] {
  const compared = worstFirst(recent.rows, fewest).filter((row) => row.gap !== null);
  const below = compared.filter((row) => row.gap && gapState(row.gap) === "below");
  const [worst] = below;
  if (!worst) return [];
  return [
    `${below.length} of ${compared.length} segments compared ${below.length === 1 ? "was" : "were"} below their own pilot in that time, most surely ${segmentName(worst.segment)}.`,
  ];
}
