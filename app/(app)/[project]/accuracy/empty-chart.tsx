import { ChartLine } from "lucide-react";

import { DocLink } from "@/components/docs/doc-link";
import { dayRange } from "@/components/chart/calendar-day";
import { segmentName } from "@/components/chart/state-sentence";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import type { AccuracySeries } from "@/lib/estimate/schema";

/** What stands in the chart's place when there is nothing to draw, and where to go from there. */
export function emptyChart(slug: string, series: AccuracySeries) {
  const icon = <ChartLine aria-hidden="true" />;
  const isSegment = series.segment.attribute !== "";
  if (series.totals.outputs === 0) {
    return isSegment ? (
      <EmptyState
        icon={icon}
        title={`No outputs with ${segmentName(series.segment)}`}
        actions={<LinkButton href={`/${slug}/accuracy`}>Show all outputs</LinkButton>}
      >
        This segment does not occur in production, or it is written differently.
      </EmptyState>
    ) : (
      <EmptyState
        icon={icon}
        title="No production outputs have arrived yet"
        actions={<LinkButton href={`/${slug}`}>What to do next</LinkButton>}
      >
        Once your system sends outputs and reviewers judge a sample of them, their accuracy over time stands
        here.
      </EmptyState>
    );
  }
  if (series.points.length === 0) {
    return (
      <EmptyState icon={icon} title="No outputs in this range">
        Nothing arrived from {dayRange(series.from, series.to)}. Choose a longer range.
      </EmptyState>
    );
  }
  if (series.totals.reviews === 0) {
    return (
      <EmptyState
        icon={icon}
        title="Nobody has reviewed any output yet"
        actions={<LinkButton href={`/${slug}/review`}>Open the review queue</LinkButton>}
      >
        A sample of the outputs waits in the queue. A period gets a number when 20 of its outputs have been
        judged. <DocLink to="/docs/numbers#small">Why not sooner</DocLink>
      </EmptyState>
    );
  }
  return null;
}
