import { Suspense } from "react";

import { type PageContext, pageContext } from "@/app/_boundary/session";
import { addDays, periodName } from "@/components/chart/calendar-day";
import { StateCard } from "@/components/chart/state-card";
import { floorState, withFloor } from "@/components/chart/floor-words";
import { stateSentence } from "@/components/chart/state-sentence";
import { sharedScale } from "@/components/table/shared-scale";
import { LinkButton } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { env } from "@/lib/core/env";
import { localDay } from "@/lib/core/local-day";
import { moreReviews } from "@/lib/estimate/more-reviews";
import { headlineSeries } from "@/lib/estimate/headline-series";
import {
  COUNTED_WAITING,
  type MeasurementHealth,
  measurementHealth,
} from "@/lib/estimate/measurement-health";
import { readExtent, readTotals } from "@/lib/estimate/read-cells";
import { recentAgreement } from "@/lib/review/recent-agreement";
import type { AccuracySeries, SegmentTable } from "@/lib/estimate/schema";
import { segmentTable } from "@/lib/estimate/segment-table";
import { listUrgentIncidents } from "@/lib/incident/queries";
import { type AccuracyFloor, readFloor } from "@/lib/monitor/read-floor";
import { monitoringState } from "@/lib/monitor/monitoring-state";
import { ownDigest } from "@/lib/review/digest-queries";
import { digestSentences } from "@/lib/review/digest-text";
import type { ProjectAgreement } from "@/lib/review/people-schema";
import { queueStatus } from "@/lib/review/queue-status";
import { presentReach } from "@/lib/planner/present-reach";

import { AccuracyNow } from "./_overview/accuracy-now";
import { HealthCard } from "./_overview/health-card";
import { type NextStep, nextStep, type StepFacts, worstFirst } from "./_overview/next-step";
import { withRecent } from "./_overview/recent-weeks";
import { OpenIncidents } from "./_overview/open-incidents";
import { RefreshWhile } from "./_overview/refresh-while";
import { SetupSteps } from "./_overview/setup-steps";
import { stepHref } from "./_overview/step-href";
import { stepsOf } from "./_overview/steps-of";
import { WorstSegments } from "./_overview/worst-segments";
import { accuracyAddress, rangeDays, segmentText } from "./accuracy/view-state";
import { DigestNotice } from "./review/digest-notice";

export const metadata = { title: "Overview" };

/** Fewer reviews say little about a segment. */
const FEWEST_IN_SEGMENT = 20;
const SHOWN_SEGMENTS = 6;
const REACH_WEEKS = 4;
const SHOWN_INCIDENTS = 4;
const ALL = { attribute: "", value: "" };

export default async function OverviewPage({ params }: { params: Promise<{ project: string }> }) {
  const context = await pageContext(params, "project.read");
  return (
    <>
      <PageHeader title="Overview" />
      <Suspense fallback={<OverviewSkeleton />}>
        <Overview context={context} />
      </Suspense>
    </>
  );
}

async function Overview({ context }: { context: PageContext }) {
  const { ctx, project } = context;
  const [extent, totals, counted] = await Promise.all([
    readExtent(ctx.db, project.id, ALL),
    readTotals(ctx.db, project.id, ALL),
    measurementHealth(ctx),
  ]);
  const { reviews } = totals.production;
  const range = rangeDays("3m", extent, localDay(ctx.now, project.timeZone));
  const recent = {
    from: range.to < addDays(range.from, 27) ? range.from : addDays(range.to, -27),
    to: range.to,
  };
  const [series, segments, longer, reach, urgent, watching, disputed, digest, floor, agreement] =
    await Promise.all([
      headlineSeries(ctx, undefined, range),
      segmentTable(ctx, recent),
      segmentTable(ctx, range),
      context.can("project.manage") ? presentReach(ctx, REACH_WEEKS) : null,
      listUrgentIncidents(ctx, SHOWN_INCIDENTS),
      monitoringState(ctx),
      context.can("review.work") ? queueStatus(ctx, "adjudicate") : null,
      context.can("review.work") ? ownDigest(ctx) : null,
      readFloor(ctx, ALL),
      context.can("project.manage") && reviews > 0 ? recentAgreement(ctx, reviews) : null,
    ]);
  const health = { ...counted, agreement };
  const measured = series.totals.reviews > 0;
  const finding = withFloor(stateSentence(series), series.now, floor);
  return (
    <div className="flex flex-col gap-4">
      {measured ? (
        <StateCard
          sentence={withRecent(finding, segments, {
            fewest: FEWEST_IN_SEGMENT,
            more: moreReviews(segments.overall.pilot, segments.overall.estimate, segments.overall.gap),
            perWeek: health.reviewsPerWeek,
          })}
          actions={<LinkButton href={`/${project.slug}/accuracy`}>See the trend</LinkButton>}
        />
      ) : null}
      {digest ? <DigestNotice sentences={digestSentences(digest)} /> : null}
      {measured || urgent.length > 0 ? (
        <OpenIncidents slug={project.slug} incidents={urgent} watching={watching} now={ctx.now} />
      ) : null}
      <Setup context={context} series={series} health={health} />
      {measured ? (
        <Facts
          context={context}
          series={series}
          segments={withTrend(segments, longer)}
          health={health}
          floor={floor}
          reach={reach}
          disputed={disputed?.left ?? 0}
        />
      ) : null}
    </div>
  );
}

/** The recent numbers of each segment beside its longer course. */
function withTrend(recent: SegmentTable, longer: SegmentTable): SegmentTable {
  const courses = new Map(longer.rows.map(({ segment, spark }) => [segmentText(segment), spark]));
  return {
    ...recent,
    rows: recent.rows.map((row) => ({ ...row, spark: courses.get(segmentText(row.segment)) ?? row.spark })),
  };
}

interface Read {
  context: PageContext;
  series: AccuracySeries;
  health: MeasurementHealth & { agreement: ProjectAgreement | null };
}

function Setup({ context: { ctx, project, can }, series, health }: Read) {
  const { totals, pilot } = series;
  const hasOutputs = health.lastReceivedAt !== null;
  const steps = stepsOf({
    slug: project.slug,
    address: env().ASSAY_URL ?? env().NEXTAUTH_URL ?? "http://localhost:3000",
    instant: `${ctx.now.toISOString().slice(0, 19)}Z`,
    keys: health.keys,
    hasOutputs,
    answerForms: health.answerForms,
    reviewers: health.reviewers,
    reviews: totals.reviews + totals.pilot_reviews,
    hasPilot: pilot !== null,
    isFrozen: pilot?.frozen ?? false,
    canManage: can("project.manage"),
  });
  const open = steps.filter((step) => !step.done);
  // With a number on the page the missing baseline is the next step's business.
  if (open.length === 0 || (series.now && open.length === 1)) return null;
  return (
    <div className="grid items-start gap-4 lg:grid-cols-3">
      <div className="min-w-0 lg:col-span-2">
        <SetupSteps
          steps={steps}
          actions={
            can("project.manage") ? (
              <LinkButton href={`/${project.slug}/start`}>Guided set-up</LinkButton>
            ) : null
          }
        />
      </div>
      {hasOutputs && totals.reviews === 0 ? (
        <Health project={project} series={series} health={health} />
      ) : null}
      <RefreshWhile everySeconds={hasOutputs ? 15 : 4} />
    </div>
  );
}

function Health({ project, series, health }: Pick<Read, "series" | "health"> & Pick<PageContext, "project">) {
  return (
    <HealthCard
      {...health}
      slug={project.slug}
      reviewsPerWeek={health.reviewsPerWeek ?? 0}
      due={dueReviews(series)}
      waitingIsAtLeast={health.waiting >= COUNTED_WAITING}
      unauditedShare={series.now?.estimate.unaudited_share ?? null}
      timeZone={project.timeZone}
      isDemo={project.isDemo}
    />
  );
}

function dueReviews(series: AccuracySeries): number {
  return series.points.reduce((sum, point) => sum + point.due, 0);
}

function Facts({
  context,
  series,
  segments,
  health,
  floor,
  reach,
  disputed,
}: Read & { segments: SegmentTable; floor: AccuracyFloor | null } & Pick<StepFacts, "reach" | "disputed">) {
  const { ctx, project, can } = context;
  const worst = worstFirst(segments.rows, FEWEST_IN_SEGMENT).slice(0, SHOWN_SEGMENTS);
  const { now, period } = series;
  const step = nextStep({
    series,
    worst: worst[0] ?? null,
    overallGap: segments.overall.gap,
    promise: floorState(now, floor),
    // The demo was sent once; its silence is no news.
    lastReceivedAt: project.isDemo ? null : health.lastReceivedAt,
    now: ctx.now,
    reviewsThisWeek: health.reviewsThisWeek,
    reviewsLastWeek: health.reviewsLastWeek,
    reviewsPerWeek: health.reviewsPerWeek ?? 0,
    due: dueReviews(series),
    disputed,
    reach,
    canManage: can("project.manage"),
    canReview: can("review.work"),
  });
  return (
    <>
      <div className="grid gap-4 lg:grid-cols-3">
        <AccuracyNow
          series={series}
          floor={floor}
          period={now ? periodName(now.start, now.end, period.period) : ""}
          href={`/${project.slug}/accuracy`}
        />
        <Health project={project} series={series} health={health} />
        <NextCard step={step} href={stepHref(project.slug, step, worst[0]?.segment, segments)} />
      </div>
      {worst.length > 0 ? (
        <WorstSegments
          segments={worst.map((row) => ({ row, href: accuracyAddress(project.slug, row.segment) }))}
          scale={sharedScale(worst)}
          window="Last four weeks"
          allHref={`/${project.slug}/accuracy`}
        />
      ) : null}
    </>
  );
}

function NextCard({ step, href }: { step: NextStep; href: string | null }) {
  return (
    <Card title="Next step" className="h-full">
      <p className="text-base font-medium text-ink text-pretty">{step.title}</p>
      <p className="mt-1 text-sm text-muted text-pretty">{step.reason}</p>
      {href && step.action ? (
        <LinkButton variant="primary" href={href} className="mt-3">
          {step.action}
        </LinkButton>
      ) : null}
    </Card>
  );
}

function OverviewSkeleton() {
  return (
    <Loading label="Loading the overview">
      <div className="flex flex-col gap-4">
        <Skeleton className="h-[5.5rem] w-full" />
        <div className="grid gap-4 lg:grid-cols-3">
          <Skeleton className="h-60" />
          <Skeleton className="h-60" />
          <Skeleton className="h-60" />
        </div>
        <Skeleton className="h-80 w-full" />
      </div>
    </Loading>
  );
}
