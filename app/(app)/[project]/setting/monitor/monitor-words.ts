import {
  formatCount,
  formatDrop,
  formatInterval,
  formatPercent,
  formatRough,
  formatWeeks,
  rounded,
} from "@/lib/core/format";
import {
  type MonitorPilot,
  type MonitorSettings,
  type PilotSupport,
  type WatchedSegment,
  watchedNames,
} from "@/lib/monitor/schema";

/** A smaller difference of reviews is not worth starting the detectors anew. */
const KEPT_RATIO = 1.1;

/** "device", or "area and sleeps" for a pair. */
export function attributeWords(key: string): string {
  return watchedNames(key).join(" and ");
}

/** "From the pilot: 93.1 %. The pilot was 94.4 % (92.6 to 95.9 % of 812); …" */
export function boundaryWords(
  boundary: number,
  pilot: MonitorPilot | null,
  { floor, tolerance }: Pick<MonitorSettings, "floor" | "tolerance">,
): string {
  const was = pilot
    ? `The pilot was ${formatPercent(pilot.mean)} (${formatInterval(pilot, 1)} of ${formatCount(pilot.n)})`
    : null;
  if (floor !== null) return `Promised: ${formatPercent(boundary)}.${was ? ` ${was}.` : ""}`;
  const movement = tolerance > 0 ? ` and ${formatDrop(tolerance)} of ordinary movement` : "";
  return `From the pilot: ${formatPercent(boundary)}. ${was ?? "The pilot"}; the boundary allows for the pilot's own uncertainty${movement}.`;
}

/** 0.5 → "about 1 false alarm in 2 years", 3 → "about 3 false alarms a year" */
export function falseAlarmWords(acceptedPerYear: number): string {
  if (acceptedPerYear >= 1) {
    const count = rounded(acceptedPerYear, 1);
    return `about ${count} false alarm${count === 1 ? "" : "s"} a year`;
  }
  const years = rounded(1 / acceptedPerYear, 1);
  return years === 1 ? "about 1 false alarm a year" : `about 1 false alarm in ${years} years`;
}

/** How many reviews there are to one false alarm. */
export function reviewsPerFalseAlarm(acceptedPerYear: number, reviewsPerYear: number): string {
  return `1 in ${formatRough(reviewsPerYear / acceptedPerYear)} reviews`;
}

/**
 * What is wrong when a version counts on another number of reviews than the plan in force has: more reviews bring more false alarms
 * than were accepted, fewer make it slower than it need be. Null while the difference is small.
 */
export function driftWords(
  version: { accepted_per_year: number; reviews_per_year: number } | undefined,
  reviewsPerYear: number,
): string | null {
  if (!version) return null;
  const ratio = reviewsPerYear / version.reviews_per_year;
  if (ratio < KEPT_RATIO && ratio > 1 / KEPT_RATIO) return null;
  const counted = `This version counts on ${formatRough(version.reviews_per_year / 52)} reviews a week, the sampling plan in force has ${formatRough(reviewsPerYear / 52)}`;
  return ratio > 1
    ? `${counted}: expect ${falseAlarmWords(version.accepted_per_year * ratio)}. Save it again to keep to what you accept.`
    : `${counted}, so alarms need more evidence than they have to. Save it again to be quicker.`;
}

/** "a drop of 10 points is found after about 140 reviews (3 weeks at the present plan), 5 points after about 560 (12 weeks)" */
export function detectionWords(segment: Pick<WatchedSegment, "detections" | "boundary">): string {
  const found = segment.detections.filter(({ reviews }) => reviews !== null);
  const missed = segment.detections.filter(({ reviews }) => reviews === null);
  const parts = found.map(({ drop, reviews, weeks }, at) => {
    const time = weeks === null ? "" : ` (${formatWeeks(weeks)}${at === 0 ? " at the present plan" : ""})`;
    const count = `about ${formatRough(reviews?.mean ?? 0)}${at === 0 ? " reviews" : ""}${time}`;
    return at === 0
      ? `a drop of ${formatDrop(drop)} is found after ${count}`
      : `${formatDrop(drop)} after ${count}`;
  });
  const none =
    missed.length === 0
      ? []
      : [
          `a drop of ${missed.map(({ drop }) => formatDrop(drop)).join(" or ")} stays above the boundary of ${formatPercent(segment.boundary)} and raises no alarm`,
        ];
  return [...(parts.length > 0 ? [parts.join(", ")] : []), ...none].join("; ");
}

/** Why the pilot is too small for an alarm at five points, in its own numbers; null when it is not. */
export function supportWords(support: PilotSupport | null): string | null {
  if (!support?.too_small) return null;
  const { labels, reviews, larger } = support;
  const now =
    reviews === null
      ? "a drop of 5 points raises no alarm at all"
      : `it takes about ${formatRough(reviews)} reviews to find a drop of 5 points`;
  const then =
    larger.reviews === null
      ? ""
      : ` With ${formatCount(larger.labels)} it would take about ${formatRough(larger.reviews)}.`;
  return `A pilot of ${formatCount(labels)} labels leaves open how accurate it really was, so ${now}.${then}`;
}

/** What a version says, in half a sentence each. */
export function settingsWords(settings: MonitorSettings): string {
  return [
    settings.attributes.length === 0
      ? "all outputs"
      : `all outputs, and by ${settings.attributes.map(attributeWords).join(", ")}`,
    settings.floor === null
      ? `${formatDrop(settings.tolerance)} below the pilot tolerated`
      : `promised ${formatPercent(settings.floor)}`,
    falseAlarmWords(settings.accepted_per_year),
    settings.unsure_counts_wrong ? "unsure counts as wrong" : "unsure counts as missing",
  ].join("; ");
}
