import type { Ctx } from "@/lib/core/ctx";
import { groupBy } from "@/lib/core/group-by";
import { OTHER_VALUE } from "@/lib/core/segment-value";
import { segmentKey } from "@/lib/estimate/read-cells";
import type { Segment } from "@/lib/estimate/schema";
import { settingsNumbers } from "@/lib/sampling/plan-numbers";
import { listPlans } from "@/lib/sampling/plan-queries";
import { partsOfRow } from "@/lib/sampling/preview-rows";
import { previewPlan } from "@/lib/sampling/preview-plan";
import type { PlanPreview, PreviewRow } from "@/lib/sampling/schema";
import { reviewsToDetect } from "@/lib/stats/reviews-to-detect";
import { strataDesignEffect } from "@/lib/stats/strata-design-effect";
import { FEWEST_FOR_OWN_BOUNDARY, FEWEST_PILOT_REVIEWS } from "./pilot-rule";
import { planThreshold, reviewsPerYear } from "./plan-threshold";
import { pilotSupport } from "./pilot-support";
import {
  MOST_SHOWN_SEGMENTS,
  type MonitorMeaning,
  type MonitorSettings,
  type WatchedAttribute,
  type WatchedSegment,
} from "./schema";
import { readSegmentTraffic, type SegmentTraffic } from "./segment-traffic";
import { readWatchedBoundaries, type WatchedBoundary } from "./watched-boundaries";

const SHOWN_DROPS = [0.1, 0.05];

/** What some settings would mean: boundaries, threshold, and after how many reviews a drop would be found. Writes nothing. */
export async function previewMonitor(ctx: Ctx, settings: MonitorSettings): Promise<MonitorMeaning> {
  const [inForce] = await listPlans(ctx);
  if (!inForce) throw new Error("The project has no sampling plan.");
  const [preview, traffic] = await Promise.all([
    previewPlan(ctx, inForce),
    readSegmentTraffic(ctx, settings.attributes),
  ]);
  const segments = groupBy(traffic, segmentKey);
  const places = [...segments.values()].flatMap(([first]) => (first ? [first] : []));
  const known = await readWatchedBoundaries(ctx.db, ctx.project.id, settings, places);
  const perYear = reviewsPerYear(settingsNumbers(inForce));
  const threshold = planThreshold(settings, perYear);
  const week = { preview, plan: inForce.attribute ?? "", threshold };
  const rows = known
    ? [...segments.values()].flatMap((own) => segmentRow(own, known.of, week)).filter(isNamed)
    : [];
  rows.sort((a, b) => b.outputs_per_week - a.outputs_per_week || (segmentKey(a) < segmentKey(b) ? -1 : 1));
  return {
    overall: known ? overallRow(known.overall, week) : null,
    pilot: known?.pilot ?? null,
    support:
      known?.pilot && settings.floor === null
        ? pilotSupport(known.pilot, {
            boundary: known.overall.boundary,
            tolerance: settings.tolerance,
            threshold,
          })
        : null,
    fewest_pilot: FEWEST_PILOT_REVIEWS,
    fewest_own: FEWEST_FOR_OWN_BOUNDARY,
    watched: 1 + settings.attributes.length,
    reviews_per_year: perYear,
    threshold,
    days: preview.days,
    attributes: settings.attributes.map((attribute) => coverageOf(attribute, traffic)),
    rows: rows.slice(0, MOST_SHOWN_SEGMENTS),
    left_out: Math.max(0, rows.length - MOST_SHOWN_SEGMENTS),
  };
}

function isNamed({ attribute }: Segment): boolean {
  return attribute !== "";
}

/** Values of an attribute and the part of the traffic that carries it. */
export function coverageOf(attribute: string, traffic: readonly SegmentTraffic[]): WatchedAttribute {
  const own = traffic.filter((row) => row.attribute === attribute);
  return {
    attribute,
    values: new Set(own.map(({ value }) => value)).size,
    coverage: Math.min(
      1,
      own.reduce((sum, row) => sum + row.share, 0),
    ),
  };
}

interface Week {
  preview: PlanPreview;
  /** Attribute by which the present plan divides. */
  plan: string;
  threshold: number;
}

interface Drawn {
  outputs: number;
  reviews: number;
}

function segmentRow(
  traffic: readonly SegmentTraffic[],
  boundaryOf: (segment: Segment) => WatchedBoundary,
  week: Week,
): WatchedSegment[] {
  const [first] = traffic;
  if (!first) return [];
  const { attribute, value } = first;
  const parts = traffic.map((row) => {
    const outputs = row.share * week.preview.overall.outputs_per_week;
    return { outputs, reviews: outputs * shareReviewed(row, week) };
  });
  return [watchedSegment({ attribute, value }, boundaryOf(first), parts, week.threshold)];
}

function overallRow(boundary: WatchedBoundary, { preview, threshold }: Week): WatchedSegment {
  const { rows, overall } = preview;
  const parts = (rows.length > 0 ? rows : [overall]).flatMap(partsOfRow);
  return watchedSegment({ attribute: "", value: "" }, boundary, parts, threshold);
}

/** The part of a stratum's outputs that the present plan reviews; of one from before, the part of all outputs of its kind. */
function shareReviewed({ stratumAttribute, stratumValue, flagged }: SegmentTraffic, week: Week): number {
  const { rows, overall } = week.preview;
  const byValue = (value: string) => rows.find((row) => row.value === value);
  const own =
    stratumAttribute === week.plan && week.plan !== ""
      ? (byValue(stratumValue) ?? byValue(OTHER_VALUE))
      : undefined;
  return rateOf(own, flagged) ?? rateOf(overall, flagged) ?? 0;
}

function rateOf(row: PreviewRow | undefined, flagged: boolean): number | null {
  const part = row && partsOfRow(row)[flagged ? 0 : 1];
  return part && part.outputs > 0 ? part.reviews / part.outputs : null;
}

function watchedSegment(
  segment: Segment,
  { boundary, usual, own, pilotReviews }: WatchedBoundary,
  parts: readonly Drawn[],
  threshold: number,
): WatchedSegment {
  const reviews = parts.reduce((sum, part) => sum + part.reviews, 0);
  const worth = reviews / strataDesignEffect(parts);
  return {
    attribute: segment.attribute,
    value: segment.value,
    boundary,
    usual,
    own,
    pilot_reviews: pilotReviews,
    outputs_per_week: parts.reduce((sum, part) => sum + part.outputs, 0),
    reviews_per_week: reviews,
    detections: SHOWN_DROPS.map((drop) => {
      const accuracyAfter = Math.max(0, usual - drop);
      if (accuracyAfter >= boundary) return { drop, reviews: null, weeks: null };
      const { mean, in80 } = reviewsToDetect({ boundary, accuracyAfter, threshold });
      return { drop, reviews: { mean, in80 }, weeks: worth > 0 ? mean / worth : null };
    }),
  };
}
