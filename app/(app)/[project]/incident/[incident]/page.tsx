import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache, Suspense } from "react";
import * as z from "zod";

import { type PageContext, pageContext } from "@/app/_boundary/session";
import { outputAddress } from "@/app/(app)/[project]/output/output-address";
import { EvidencePath } from "@/components/chart/evidence-path";
import { STANDING_LOOK } from "@/components/incident/incident-badge";
import { InsideFindings } from "@/components/incident/inside-findings";
import { overallReason, segmentReason } from "@/components/incident/traffic-or-model";
import { Card } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import { listToldOf } from "@/lib/alert/queries";
import { proposeRevision } from "@/lib/contract/propose-revision";
import { mixRate } from "@/lib/estimate/mix-rate";
import { breakersOfIncident } from "@/lib/incident/breaker-queries";
import { isUnreadable } from "@/lib/incident/breaker-words";
import { readIncident } from "@/lib/incident/incident-detail";
import {
  type IncidentOutputs,
  type IncidentOutputsQuery,
  incidentOutputsQuerySchema,
} from "@/lib/incident/output-schema";
import { readIncidentOutputs } from "@/lib/incident/incident-outputs";
import { incidentCost, incidentFinding, incidentPlace, oddsText } from "@/lib/incident/incident-sentence";
import type { AccuracyIncident } from "@/lib/incident/schema";
import { type SegmentPart, segmentParts } from "@/lib/incident/segment-part";
import { worstSegments } from "@/lib/monitor/worst-segments";
import { reasonSentence } from "@/lib/quarantine/reason";
import { BreakerCards } from "./breaker-card";
import { IncidentHeader } from "./incident-header";
import { IncidentNumbers } from "./incident-numbers";
import { IncidentOutputsCard } from "./incident-outputs-card";
import { InputIncidentView } from "./input-incident-view";
import { NextSteps } from "./next-steps-card";
import { ReleaseList } from "./release-list";
import { Timeline } from "./timeline";
import { Told } from "./told";
import { Why } from "./why";

type Params = Promise<{ project: string; incident: string }>;

/** Read once for the title and for the page. */
const incidentOf = cache(async (project: string, incident: string) => {
  const params = Promise.resolve({ project });
  const context = await pageContext(params, "project.read");
  const id = z.uuid().safeParse(incident);
  const detail = id.success ? await readIncident(context.ctx, id.data) : null;
  if (!detail) notFound();
  return { context, detail };
});

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  const { project, incident } = await params;
  const { detail } = await incidentOf(project, incident);
  return { title: `${STANDING_LOOK[detail.standing].label}: ${incidentPlace(detail)}` };
}

export default async function IncidentPage({
  params,
  searchParams,
}: {
  params: Params;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { project, incident } = await params;
  const { context, detail } = await incidentOf(project, incident);
  if (detail.input !== null) {
    return (
      <InputIncidentView context={context} detail={detail}>
        {detail.kind === "contract_broken" ? (
          <Suspense fallback={<Skeleton className="h-64 w-full" />}>
            <Breakers context={context} subject={detail.subject} />
          </Suspense>
        ) : null}
      </InputIncidentView>
    );
  }
  const query = incidentOutputsQuerySchema.safeParse(await searchParams).data ?? { show: "all", page: 1 };
  const [outputs, told] = await Promise.all([
    readIncidentOutputs(context.ctx, detail.id, query, context.can("payload.read")),
    listToldOf(context.ctx, detail.id),
  ]);
  if (!outputs) notFound();
  return (
    <>
      <IncidentHeader project={context.project} detail={detail} canManage={context.can("project.manage")} />
      {/* The last row takes the height that the side needs beyond the finding. */}
      <div className="grid gap-4 xl:grid-cols-[minmax(0,1fr)_22rem] xl:grid-rows-[auto_1fr]">
        <Finding detail={detail} />
        <div className="flex min-w-0 flex-col gap-4 xl:row-span-2">
          <NextSteps
            slug={context.project.slug}
            canManage={context.can("project.manage")}
            detail={detail}
            wrong={outputs.counts.wrong}
          />
          {detail.change_day && detail.releases.length > 0 ? (
            <Card title="Releases around it">
              <ReleaseList releases={detail.releases} changeDay={detail.change_day} />
            </Card>
          ) : null}
          {told.length > 0 ? (
            <Card title="Who was told">
              <Told
                slug={context.project.slug}
                incidentId={detail.id}
                timeZone={context.project.timeZone}
                deliveries={told}
                canManage={context.can("project.manage")}
              />
            </Card>
          ) : null}
          <Card title="What happened">
            <Timeline events={detail.events} timeZone={context.project.timeZone} />
          </Card>
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <HowSure detail={detail} />
          {detail.period ? (
            <Suspense fallback={<Skeleton className="h-56 w-full" />}>
              <Where context={context} detail={detail} days={detail.period} />
            </Suspense>
          ) : null}
          <Behind context={context} detail={detail} query={query} outputs={outputs} />
        </div>
      </div>
    </>
  );
}

/** Where the broken rules stand; managers see what would mend them. */
async function Breakers({
  context: { ctx, project, can },
  subject,
}: {
  context: PageContext;
  subject: string;
}) {
  const breakers = await breakersOfIncident(ctx, subject);
  const canManage = can("project.manage");
  const open = breakers.filter(({ code, closed_at: closed }) => closed === null && !isUnreadable(code));
  const codes = canManage ? open.map(({ code }) => code) : [];
  return (
    <BreakerCards
      slug={project.slug}
      breakers={breakers.map((breaker) => ({
        ...breaker,
        sentence: reasonSentence(breaker.code),
        unreadable: isUnreadable(breaker.code),
      }))}
      proposal={codes.length > 0 ? { revision: await proposeRevision(ctx, codes) } : null}
      canManage={canManage}
    />
  );
}

function Finding({ detail }: { detail: AccuracyIncident }) {
  const cost = incidentCost(detail);
  return (
    <Card>
      <p className="text-lg font-medium text-ink text-pretty">{incidentFinding(detail)}</p>
      <p className="mt-1 mb-4 max-w-4xl text-sm text-muted text-pretty">
        {cost ? `${cost}. ` : ""}
        The start is approximate: the reviews themselves chose it, so the accuracy since then may look a
        little worse than it is.
      </p>
      <IncidentNumbers incident={detail} />
    </Card>
  );
}

function HowSure({ detail }: { detail: AccuracyIncident }) {
  const { facts, evidence } = detail;
  return (
    <Card
      title="How sure"
      description={`While accuracy is not below its boundary, evidence like that of the alarm comes up at most ${oddsText(facts.log_evidence)}. An incident opens from ${oddsText(facts.log_threshold)} on.`}
    >
      {evidence.length > 0 ? (
        <EvidencePath points={evidence} logThreshold={facts.log_threshold} />
      ) : (
        <p className="text-sm text-muted">The days behind it are no longer kept one by one.</p>
      )}
    </Card>
  );
}

type Days = Pick<NonNullable<AccuracyIncident["period"]>, "from" | "to">;

/** Which parts of it are worst, and whether the traffic or the model changed. */
async function Where({
  context: { ctx, project },
  detail,
  days: { from, to },
}: {
  context: PageContext;
  detail: AccuracyIncident;
  days: Days;
}) {
  const { segment, before } = detail;
  const parts = segmentParts(segment);
  const comparison = parts.length < 2 ? parts[0] : null;
  const [worst, mix] = await Promise.all([
    worstSegments(ctx, { from, to, ...(parts.length > 0 ? segment : {}) }),
    comparison === null
      ? null
      : mixRate(ctx, {
          before: before ? { from: before.from, to: before.to } : "pilot",
          after: { from, to },
          ...(comparison ? { attribute: comparison.attribute } : {}),
        }),
  ]);
  return (
    <>
      <Card
        flush
        title={parts.length > 0 ? "Where in it" : "Where"}
        description="Parts that are below the boundary in that time, the most surely worse first. The reviews chose that time, so read it as a hint."
      >
        <InsideFindings
          worst={worst}
          within={segment}
          hrefOf={(part) => outputAddress(project.slug, wrongOutputs(part, { from, to }))}
        />
      </Card>
      {mix ? (
        <Card
          title="Traffic or model"
          description={
            before ? "Since the likely start, against before." : "Since the likely start, against the pilot."
          }
        >
          <Why reason={comparison ? segmentReason(mix, comparison) : overallReason(mix)} />
        </Card>
      ) : null}
    </>
  );
}

function wrongOutputs(part: SegmentPart, days: Days) {
  return {
    from: days.from,
    to: days.to,
    phase: "production" as const,
    verdict: "incorrect" as const,
    segment: segmentParts(part).map(({ attribute, value }) => `${attribute}=${value}`),
  };
}

function Behind({
  context: { project, can },
  detail,
  query,
  outputs,
}: {
  context: PageContext;
  detail: AccuracyIncident;
  query: IncidentOutputsQuery;
  outputs: IncidentOutputs;
}) {
  const { slug, timeZone } = project;
  return (
    <IncidentOutputsCard
      slug={slug}
      incidentId={detail.id}
      timeZone={timeZone}
      query={query}
      outputs={outputs}
      withPreview={can("payload.read")}
      canPick={can("project.manage")}
      explorerHref={
        detail.period
          ? outputAddress(slug, {
              from: detail.period.from,
              to: detail.period.to,
              phase: "production",
              segment: segmentParts(detail.segment).map((part) => `${part.attribute}=${part.value}`),
            })
          : null
      }
    />
  );
}
