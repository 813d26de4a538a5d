import { SearchX } from "lucide-react";

import { dayRange } from "@/components/chart/calendar-day";
import { WorstSegmentTable } from "@/components/table/worst-segment-table";
import { LinkButton } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { formatCount, formatPercent, formatProbability } from "@/lib/core/format";
import { type SegmentPart, segmentSentence } from "@/lib/incident/segment-part";
import type { WorstSegments } from "@/lib/monitor/worst-segments-schema";

import { SearchControl } from "./finding-controls";

/** Segments that are surely below the boundary, and those with too few reviews to tell. */
export function WorstSegmentsCard({
  worst,
  asOf,
  hrefOf,
  monitorHref,
}: {
  worst: WorstSegments;
  /** When it was searched, where that was not just now. */
  asOf: string | null;
  /** Where a segment is looked at. */
  hrefOf: (segment: SegmentPart) => string;
  /** Where an accuracy is promised; null for people who may not. */
  monitorHref: string | null;
}) {
  const { boundary, findings } = worst;
  return (
    <Card
      flush
      title="Where it is worse than promised"
      description={`${dayRange(worst.from, worst.to)}${boundary === null ? "" : `, against the boundary of ${formatPercent(boundary)} or a segment's own`}${asOf ? `, as of ${asOf}` : ""}`}
      actions={<SearchControl />}
      footer={<NotJudged worst={worst} />}
    >
      {boundary === null ? (
        <EmptyState
          icon={<SearchX aria-hidden="true" />}
          title="Nothing is promised yet"
          actions={monitorHref ? <LinkButton href={monitorHref}>Promise an accuracy</LinkButton> : null}
        >
          Without 30 judged outputs of the pilot, or a promised accuracy, there is nothing to be worse than.
        </EmptyState>
      ) : (
        <>
          <p className="px-4 pb-3 text-sm text-muted text-pretty">{searchSentence(worst, boundary)}</p>
          {findings.length > 0 ? <WorstSegmentTable findings={findings} hrefOf={hrefOf} /> : null}
        </>
      )}
    </Card>
  );
}

/** What was searched and what came of it. */
export function searchSentence(
  { reviews, searched, found, findings, further, accuracy }: WorstSegments,
  boundary: number,
): string {
  if (reviews === 0) return "Nobody has reviewed any output of these days.";
  if (searched === 0) return "No segment has 20 reviews in these days yet. A longer time has more of them.";
  const segments = `${formatCount(searched)} values and pairs of values with at least 20 reviews`;
  if (found === 0) {
    const whole =
      accuracy !== null && accuracy < boundary
        ? `All outputs together are at ${formatPercent(accuracy)}, but none`
        : "None";
    return `${whole} of the ${segments} is surely below its boundary. That does not mean that all of them are above it: a longer time shows smaller differences.`;
  }
  const hidden = found - findings.length - further;
  const explained =
    hidden > 0
      ? hidden === 1
        ? " One pair is not listed, because one of its values explains it."
        : ` ${formatCount(hidden)} pairs are not listed, because one of their values explains them.`
      : "";
  const rest = further > 0 ? ` ${formatCount(further)} more are not listed.` : "";
  return `${formatCount(found)} of ${segments} ${found === 1 ? "is surely below its boundary" : "are surely below their boundaries"}; of such findings at most one in ten is wrong, however often you look. First what most surely got worse than it was in the pilot.${explained}${rest}`;
}

const SHOWN = 8;

/** What cannot be told must not look like calm. */
function NotJudged({ worst }: { worst: WorstSegments }) {
  const { thin, thin_by_attribute: byAttribute, thin_pairs: pairs, attributes_left_out: leftOut } = worst;
  const values = byAttribute.reduce((sum, each) => sum + each.values, 0);
  const names = thin
    .slice(0, SHOWN)
    .map(
      ({ segment, reviews, traffic_share: share }) =>
        `${segmentSentence(segment)} (${formatCount(reviews)} ${reviews === 1 ? "review" : "reviews"}, ${formatProbability(share)} of the traffic)`,
    );
  const more = values > names.length ? ` and ${formatCount(values - names.length)} more` : "";
  if (values === 0 && pairs === 0 && leftOut.length === 0) return null;
  return (
    <div className="flex flex-col gap-1">
      {values > 0 ? (
        <p className="text-pretty">
          <span className="font-medium text-ink">Not enough reviews to judge: </span>
          {names.join(", ")}
          {more}.{" "}
          {byAttribute
            .map(
              ({ attribute, traffic_share: share }) =>
                `${formatProbability(share)} of the traffic by ${attribute}`,
            )
            .join(", ")}
          .
        </p>
      ) : null}
      {pairs > 0 ? (
        <p>
          {pairs === 1
            ? "One pair of values has fewer than 20 reviews: too few to judge."
            : `${formatCount(pairs)} pairs of values have fewer than 20 reviews each: too few to judge.`}
        </p>
      ) : null}
      {leftOut.length > 0 ? (
        <p>{`Not searched, because they have too many values: ${leftOut.join(", ")}.`}</p>
      ) : null}
    </div>
  );
}
