import { GitCompareArrows } from "lucide-react";
import type { SearchParams } from "nuqs/server";
import { Suspense } from "react";

import { type PageContext, pageContext } from "@/app/_boundary/session";
import { StateCard } from "@/components/chart/state-card";
import { stateSentence } from "@/components/chart/state-sentence";
import { TrafficCard } from "@/components/chart/traffic-card";
import { withFloor } from "@/components/chart/floor-words";
import { withMoreReviews } from "@/components/chart/more-reviews-words";
import { withIncidents } from "@/components/chart/with-incidents";
import { LinkButton, TextLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { SavedViews } from "@/components/view/saved-views";
import { formatInstant } from "@/lib/core/format";
import { localDay } from "@/lib/core/local-day";
import { storedReading } from "@/lib/db/stored-reading";
import { currentPilot, listBaselines } from "@/lib/estimate/baseline-queries";
import { LoadingParts } from "@/components/ui/skeleton";
import { moreReviews } from "@/lib/estimate/more-reviews";
import { mixRate } from "@/lib/estimate/mix-rate";
import { rankDifferences } from "@/lib/estimate/rank-differences";
import { accuracySeries } from "@/lib/estimate/queries";
import { reviewerMix } from "@/lib/estimate/reviewer-mix";
import { readVersions } from "@/lib/estimate/read-releases";
import { readExtent, readTotals } from "@/lib/estimate/read-cells";
import type { Segment } from "@/lib/estimate/schema";
import { trafficFigures } from "@/lib/estimate/traffic-figures";
import { segmentTable } from "@/lib/estimate/segment-table";
import { readIncidentMarks, readUnresolvedMarks } from "@/lib/incident/queries";
import type { IncidentMark } from "@/lib/incident/schema";
import { readFloor } from "@/lib/monitor/read-floor";
import { worstSegments } from "@/lib/monitor/worst-segments";
import { mixWords } from "@/app/(app)/[project]/reviewer/measurement-words";
import { compareAddress } from "./compare/compare-state";
import { AccuracyExplorer } from "./accuracy-explorer";
import { DifferenceCard } from "./difference-card";
import { emptyChart } from "./empty-chart";
import { FreezeBaseline } from "./freeze-baseline";
import { MarkRelease } from "./mark-release";
import { MixRateCard } from "./mix-rate-card";
import {
  comparedDays,
  daysBefore,
  type Days,
  loadViewState,
  rangeDays,
  searchDays,
  segmentFromText,
  shownDays,
} from "./view-state";
import { segmentAddress } from "./segment-address";
import { WorstSegmentsCard } from "./worst-segments-card";

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
        actions={
          <>
            <SavedViews slug={context.project.slug} kind="accuracy" />
            <LinkButton href={compareAddress(context.project.slug)}>
              <GitCompareArrows aria-hidden="true" />
              Compare versions
            </LinkButton>
            {context.can("project.manage") ? <ReleaseControl context={context} /> : null}
            {context.can("project.manage") ? <BaselineControl context={context} /> : null}
          </>
        }
      />
      <Suspense
        fallback={<LoadingParts label="Loading the accuracy" parts={["h-[5.5rem]", "h-[33rem]", "h-96"]} />}
      >
        <Trend context={context} view={view} />
      </Suspense>
    </>
  );
}

const ALL: Segment = { attribute: "", value: "" };

type View = Awaited<ReturnType<typeof loadViewState>>;

async function Trend({ context, view }: { context: PageContext; view: View }) {
  const { ctx, project } = context;
  const segment = segmentFromText(view.segment);
  const extent = await readExtent(ctx.db, project.id, { attribute: "", value: "" });
  const today = localDay(ctx.now, project.timeZone);
  const range = shownDays(view, extent, today);
  const [series, segments, shown, unresolved, floor] = await Promise.all([
    accuracySeries(ctx, { ...segment, ...range, periodKind: view.period }),
    segmentTable(ctx, range),
    readIncidentMarks(ctx, { segment, ...range }),
    readUnresolvedMarks(ctx),
    readFloor(ctx, segment),
  ]);
  const earlier =
    view.against === "previous"
      ? await accuracySeries(ctx, { ...segment, ...daysBefore(range), periodKind: series.period.period })
      : null;
  const linked = (mark: IncidentMark) => ({ mark, href: `/${project.slug}/incident/${mark.id}` });
  const empty = emptyChart(project.slug, series);
  const { now, pilot } = series;
  const more = moreReviews(pilot?.estimate, now?.estimate, now?.gap ?? null);
  const finding = withIncidents(withFloor(stateSentence(series), now, floor), unresolved, series.segment);
  return (
    <div className="flex flex-col gap-4">
      {empty ? null : (
        <StateCard
          sentence={withMoreReviews(finding, more, null)}
          actions={now?.gap ? <LinkButton href="#traffic-or-model">Traffic or model?</LinkButton> : null}
        />
      )}
      <AccuracyExplorer
        slug={project.slug}
        series={series}
        earlier={earlier}
        floor={floor}
        whole={rangeDays(view.range, extent, today)}
        segments={segments}
        incidents={{ shown: shown.map(linked), unresolved: unresolved.map(linked) }}
        empty={empty}
        findings={
          <>
            {view.zoom ? (
              <Suspense
                fallback={<LoadingParts label="Comparing these days with the others" parts={["h-72"]} />}
              >
                <Differs
                  context={context}
                  days={{ inside: range, whole: rangeDays(view.range, extent, today) }}
                />
              </Suspense>
            ) : null}
            <Suspense>
              <WithQuarantine context={context} range={range} segment={segment} />
            </Suspense>
            <Suspense fallback={<LoadingParts label="Comparing traffic and answers" parts={["h-72"]} />}>
              <Why context={context} view={view} />
            </Suspense>
            <Suspense>
              <WhoReviewed context={context} view={view} />
            </Suspense>
            <Suspense fallback={<LoadingParts label="Searching for worst segments" parts={["h-72"]} />}>
              <Worst context={context} view={view} />
            </Suspense>
          </>
        }
      />
    </div>
  );
}

/** Of the whole stream or one segment; of a record that nobody can read, nobody knows the segment. */
async function WithQuarantine({
  context: { ctx, project },
  range,
  segment,
}: {
  context: PageContext;
  range: { from: string; to: string };
  segment: Segment;
}) {
  const figures = await trafficFigures(ctx, range, segment);
  if (figures.held.records + figures.unreadable === 0) return null;
  return (
    <TrafficCard
      figures={figures}
      actions={<LinkButton href={`/${project.slug}/input/quarantine`}>Quarantine</LinkButton>}
    />
  );
}

/** Of days that somebody picked in the chart. */
async function Differs({
  context: { ctx, project },
  days,
}: {
  context: PageContext;
  days: { inside: Days; whole: Days };
}) {
  return <DifferenceCard slug={project.slug} found={await rankDifferences(ctx, days)} />;
}

/** Nothing to search and nothing to compare on a page without reviews. */
async function Worst({ context: { ctx, project, can }, view }: { context: PageContext; view: View }) {
  const [extent, totals] = await Promise.all([
    readExtent(ctx.db, project.id, ALL),
    readTotals(ctx.db, project.id, ALL),
  ]);
  if (totals.production.reviews === 0) return null;
  const window = searchDays(view.search, extent, localDay(ctx.now, project.timeZone));
  const { reviews } = totals.production;
  const worst = await storedReading(ctx, { kind: "worst-segments", ...window, reviews }, () =>
    worstSegments(ctx, window),
  );
  return (
    <WorstSegmentsCard
      worst={worst.value}
      asOf={worst.madeAt && formatInstant(worst.madeAt, project.timeZone)}
      hrefOf={(segment) => segmentAddress(project.slug, segment, window)}
      monitorHref={can("project.manage") ? `/${project.slug}/setting/monitor` : null}
    />
  );
}

/** Only when a change of who reviewed moved a number: else there is nothing to say about it. */
async function WhoReviewed({ context: { ctx, project, can }, view }: { context: PageContext; view: View }) {
  const [extent, totals] = await Promise.all([
    readExtent(ctx.db, project.id, ALL),
    readTotals(ctx.db, project.id, ALL),
  ]);
  const days = shownDays(view, extent, localDay(ctx.now, project.timeZone));
  const { reviews } = totals.production;
  const { value: mix } = await storedReading(ctx, { kind: "reviewer-mix", ...days, reviews }, () =>
    reviewerMix(ctx, days),
  );
  if (!mix.weeks.some(({ told }) => told)) return null;
  return (
    <Card title="Part of this comes from who reviewed">
      <p className="max-w-4xl text-sm text-ink text-pretty">{mixWords(mix)}</p>
      {can("project.manage") ? (
        <p className="mt-2 text-sm">
          <TextLink href={`/${project.slug}/reviewer`}>Week by week</TextLink>
        </p>
      ) : null}
    </Card>
  );
}

async function Why({ context: { ctx, project }, view }: { context: PageContext; view: View }) {
  const extent = await readExtent(ctx.db, project.id, ALL);
  const range = shownDays(view, extent, localDay(ctx.now, project.timeZone));
  const { later, earlier } = comparedDays(view, range);
  const mix = await mixRate(ctx, {
    before: earlier,
    after: later,
    ...(view.split ? { attribute: view.split } : {}),
  });
  // Without reviews there is nothing to explain; without a pilot the period before may still be compared.
  if (!mix.after.estimate && view.against !== "days") return null;
  return (
    <div id="traffic-or-model" className="scroll-mt-4">
      <MixRateCard mix={mix} chosen={typeof earlier === "string" ? null : { later, earlier }} />
    </div>
  );
}

/** Marks a release by hand, with the model that went live last filled in. */
async function ReleaseControl({ context: { ctx, project } }: { context: PageContext }) {
  const [newest] = await readVersions(ctx);
  return (
    <MarkRelease
      slug={project.slug}
      today={localDay(ctx.now, project.timeZone)}
      modelName={newest?.name ?? ""}
    />
  );
}

/** Freezes the pilot; nothing while there is none. */
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
