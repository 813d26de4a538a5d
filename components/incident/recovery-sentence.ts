import { formatCount, formatDay, formatPercent } from "@/lib/core/format";
import type { Recovery } from "@/lib/incident/schema";

export interface RecoverySentence {
  state: "recovered" | "too_early" | "still_low";
  text: string;
}

/** "Since 3 Apr 2026 58 of 60 reviewed outputs were right: accuracy looks recovered." */
export function recoverySentence(recovery: Recovery, boundary: number): RecoverySentence {
  const { reviews, right, recovered, more_reviews: more, estimate } = recovery;
  const since = sinceText(recovery);
  if (reviews === 0)
    return { state: "too_early", text: `${since} nothing has been reviewed yet.${moreText(more, false)}` };
  const were = `${since} ${formatCount(Math.round(right))} of ${formatCount(reviews)} reviewed outputs were right`;
  if (recovered) return { state: "recovered", text: `${were}: accuracy looks recovered.` };
  if (estimate && estimate.high < boundary) {
    const low = `${formatPercent(estimate.mean)}, still below the boundary of ${formatPercent(boundary)}`;
    return { state: "still_low", text: `${were}: that is ${low}.` };
  }
  return { state: "too_early", text: `${were}. It is too early to tell.${moreText(more, true)}` };
}

function sinceText({ marker, day, release }: Recovery): string {
  if (marker === "release") return `Since ${release ?? "the release"} went live on ${formatDay(day)}`;
  return `Since it was ${marker}, after ${formatDay(day)},`;
}

function moreText(more: number | null, further: boolean): string {
  if (more === null) return " It would take thousands of reviews, as the boundary is so near.";
  const reviews = `${formatCount(more)}${further ? " more" : ""} ${more === 1 ? "review" : "reviews"}`;
  return ` If accuracy is back to where it was, about ${reviews} will show it.`;
}
