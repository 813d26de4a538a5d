import { formatCount, formatInterval, formatProbability } from "@/lib/core/format";
import type { TrafficFigures } from "@/lib/estimate/traffic-figures";
import { accuracyText, isBounded } from "./estimate-text";

const records = (count: number) => `${formatCount(count)} ${count === 1 ? "record" : "records"}`;

/** What quarantine does to the figure, in plain sentences; none when nothing is in quarantine. */
export function trafficWords(figures: TrafficFigures): string[] {
  const { held, unreadable } = figures;
  if (held.records + unreadable === 0) return [];
  return [comparison(figures), unknownPart(figures)].filter((sentence) => sentence !== null);
}

function comparison({ accepted, all, held, fewestReviews }: TrafficFigures): string | null {
  if (accepted.estimate === null || all.estimate === null)
    return "Nobody has judged an accepted output of these days yet, so there is nothing to compare.";
  if (held.records === 0) return null;
  if (held.estimate === null)
    return `${countedReviews(held.reviews)} of what is in quarantine: fewer than the ${fewestReviews} that a number needs.`;
  const [without, withIt] = [accuracyText(accepted.estimate), accuracyText(all.estimate)];
  if (without === withIt) return `With or without quarantine, ${withIt} were right.`;
  return `Leaving quarantine out would show ${without} instead of ${withIt}.`;
}

function countedReviews(reviews: number): string {
  if (reviews === 0) return "There is no review yet";
  return reviews === 1 ? "There is only 1 review so far" : `There are only ${reviews} reviews so far`;
}

const LEAST_BESIDES = 0.001;

/** What could be all right or all wrong, and what that would mean. */
function unknownPart({ all, held, unreadable }: TrafficFigures): string | null {
  const unknown = unreadable + (held.estimate === null ? held.records : 0);
  const share = all.estimate?.unaudited_share ?? 0;
  if (all.estimate === null || unknown === 0 || share === 0) return null;
  const what =
    held.estimate === null && held.records > 0
      ? `${records(unknown)} of which little is known`
      : `${records(unknown)} that nobody can judge`;
  const own = unknown / all.records;
  // Days of accepted traffic without a review are as open.
  const besides =
    share - own > LEAST_BESIDES ? ` and ${formatProbability(share - own)} without any review` : "";
  const either = unknown === 1 && besides === "" ? "wrong or right" : "all wrong or all right";
  return `${what} (${formatProbability(own)} of the traffic)${besides} could be ${either}; then ${formatInterval(all.estimate, 1)} of all traffic would be right.`;
}

/** The number with what it rests on; a dash and the reason where there is none. */
export function figureText(estimate: TrafficFigures["all"]["estimate"]): { value: string; detail: string } {
  if (estimate === null) return { value: "–", detail: "no reviews yet" };
  if (estimate.reading === "counts") return { value: "–", detail: `only ${estimate.n} reviews` };
  const range = isBounded(estimate) ? estimate.bounds_interval : estimate;
  return {
    value: accuracyText(estimate),
    detail: `${formatInterval(range)}, ${formatCount(estimate.n)} reviews`,
  };
}

/** "4.1 % of 12,034 records" */
export function quarantineShare({ all, held, unreadable }: TrafficFigures): string {
  const share = all.records === 0 ? 0 : (held.records + unreadable) / all.records;
  return `${formatProbability(share)} of ${records(Math.round(all.records))}`;
}
