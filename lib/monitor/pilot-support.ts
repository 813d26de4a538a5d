import { clopperPearson } from "@/lib/stats/clopper-pearson";
import { pilotBoundary } from "@/lib/stats/pilot-boundary";
import { reviewsToDetect } from "@/lib/stats/reviews-to-detect";
import type { MonitorPilot, PilotSupport } from "./schema";

/** A pilot of so many labels serves well. */
const GOOD_PILOT = 1_000;
const DROP = 0.05;
/** Above so many times the reviews that a good pilot would take, the alarm comes too late to be called one. */
const TOLERATED_RATIO = 2;

/**
 * Whether the pilot fixes its boundary well enough for an alarm at a drop of five points, and what a good pilot of the same accuracy
 * would do: the smaller the pilot, the lower its boundary, and the nearer to it the accuracy after the drop.
 */
export function pilotSupport(
  pilot: MonitorPilot,
  { boundary, tolerance, threshold }: { boundary: number; tolerance: number; threshold: number },
): PilotSupport {
  const limits = clopperPearson(pilot.mean * GOOD_PILOT, GOOD_PILOT, 0.8);
  const good = pilotBoundary(
    { mean: pilot.mean, low80: Math.min(pilot.mean, limits?.low ?? pilot.mean) },
    tolerance,
  );
  const reviews = reviewsFor(pilot.mean, boundary, threshold);
  const larger = { labels: GOOD_PILOT, boundary: good, reviews: reviewsFor(pilot.mean, good, threshold) };
  const tooSmall =
    pilot.n < GOOD_PILOT &&
    larger.reviews !== null &&
    (reviews === null || reviews > TOLERATED_RATIO * larger.reviews);
  return { labels: pilot.n, reviews, larger, too_small: tooSmall };
}

function reviewsFor(usual: number, boundary: number, threshold: number): number | null {
  const accuracyAfter = Math.max(0, usual - DROP);
  return accuracyAfter < boundary ? reviewsToDetect({ boundary, accuracyAfter, threshold }).mean : null;
}
