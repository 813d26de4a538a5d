import { ChartLine } from "lucide-react";
import type { SearchParams } from "nuqs/server";
import { Suspense } from "react";

import { type PageContext, pageContext } from "@/app/_boundary/session";
import { dayRange } from "@/components/chart/calendar-day";
import { StateCard } from "@/components/chart/state-card";
import { segmentName, stateSentence } from "@/components/chart/state-sentence";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { localDay } from "@/lib/core/local-day";
import { currentPilot, listBaselines } from "@/lib/estimate/baseline-queries";
import { accuracySeries } from "@/lib/estimate/queries";
import { readExtent } from "@/lib/estimate/read-cells";
import type { AccuracySeries } from "@/lib/estimate/schema";
import { segmentTable } from "@/lib/estimate/segment-table";
import { readIncidentMarks, readUnresolvedMarks } from "@/lib/incident/queries";
import type { IncidentMark } from "@/lib/incident/schema";

import { AccuracyExplorer } from "./accuracy-explorer";
import { FreezeBaseline } from "./freeze-baseline";
import { loadViewState, rangeDays, segmentFromText } from "./view-state";

export const metadata = { title: "Accuracy" };

export default async function AccuracyPage({
  params,
  searchParams,
}: {
  params: Promise<{ project: string }>;
  searchParams: Promise<SearchParams>;
}) {
  const context = await pageContext(params, "project.read");
  const view = await loadViewState(searchParams);
  return (
    <>
      <PageHeader
        title="Accuracy"
        description="How often the reviewed outputs were right, over time and by segment, against the pilot."
        actions={context.can("project.manage") ? <BaselineControl context={context} /> : null}
      />
      <Suspense fallback={<TrendSkeleton />}>
        <Trend context={context} view={view} />
      </Suspense>
    </>
  );
}

type View = Awaited<ReturnType<typeof loadViewState>>;

async function Trend({ context: { ctx, project }, view }: { context: PageContext; view: View }) {
  const segment = segmentFromText(view.segment);
  const extent = await readExtent(ctx.db, project.id, { attribute: "", value: "" });
  const range = rangeDays(view.range, extent, localDay(ctx.now, project.timeZone));
  const [series, segments, shown, unresolved] = await Promise.all([
    accuracySeries(ctx, { ...segment, ...range, periodKind: view.period }),
    segmentTable(ctx, range),
    readIncidentMarks(ctx, { segment, ...range }),
    readUnresolvedMarks(ctx),
  ]);
  const linked = (mark: IncidentMark) => ({ mark, href: `/${project.slug}/incident/${mark.id}` });
  const empty = emptyChart(project.slug, series);
  return (
    <div className="flex flex-col gap-4">
      {empty ? null : <StateCard sentence={stateSentence(series)} />}
      <AccuracyExplorer
        slug={project.slug}
        series={series}
        segments={segments}
        incidents={{ shown: shown.map(linked), unresolved: unresolved.map(linked) }}
        empty={empty}
      />
    </div>
  );
}

async function BaselineControl({ context: { ctx, project } }: { context: PageContext }) {
  const [pilot, baselines] = await Promise.all([currentPilot(ctx), listBaselines(ctx)]);
  if (!pilot) return null;
  return (
    <FreezeBaseline
      slug={project.slug}
      timeZone={project.timeZone}
      pilot={pilot}
      frozen={baselines[0] ?? null}
    />
  );
}

/** What stands in the chart's place when there is nothing to draw, and where to go from there. */
function emptyChart(slug: string, series: AccuracySeries) {
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
        judged.
      </EmptyState>
    );
  }
  return null;
}

function TrendSkeleton() {
  return (
    <Loading label="Loading the accuracy">
      <div className="flex flex-col gap-4">
        <Skeleton className="h-[5.5rem] w-full" />
        <Skeleton className="h-[33rem] w-full" />
        <Skeleton className="h-96 w-full" />
      </div>
    </Loading>
  );
}
