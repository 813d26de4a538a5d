import { SearchX, ShieldCheck } from "lucide-react";
import { Suspense } from "react";

import { type PageContext, pageContext } from "@/app/_boundary/session";
import { DocLink } from "@/components/docs/doc-link";
import { STANDING_LOOK } from "@/components/incident/incident-badge";
import { IncidentTable } from "@/components/incident/incident-table";
import { WatchState } from "@/components/monitor/watch-state";
import { watchedWords } from "@/components/monitor/watched-words";
import { LinkButton, TextLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { PageHeader } from "@/components/ui/page-header";
import { Paging } from "@/components/ui/paging";
import { LoadingParts } from "@/components/ui/skeleton";
import { LinkTabs } from "@/components/ui/tabs";
import { listChannels } from "@/lib/alert/queries";
import { listIncidents } from "@/lib/incident/queries";
import { readResponseTimes } from "@/lib/incident/response-times";
import { type IncidentList, type IncidentQuery, STANDINGS } from "@/lib/incident/schema";
import { monitorInForce } from "@/lib/monitor/monitor-queries";
import { monitoringState } from "@/lib/monitor/monitoring-state";

import { AlertState } from "./alert-state";
import { incidentAddress } from "./incident-address";
import { readIncidentAddress } from "./read-incident-address";
import { ResponseCard } from "./response-card";
import { SegmentFilter } from "./segment-filter";

export const metadata = { title: "Incidents" };

export default async function IncidentsPage({
  params,
  searchParams,
}: {
  params: Promise<{ project: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const context = await pageContext(params, "project.read");
  const query = readIncidentAddress(await searchParams);
  return (
    <>
      <PageHeader
        title="Incidents"
        description={
          <>
            Drops of accuracy beyond what chance explains, and inputs that break or stop. A segment has one
            open incident at a time. <DocLink to="/docs#alarm">How an incident comes about</DocLink>
          </>
        }
        actions={<LinkButton href={`/${context.project.slug}/backtest`}>Backtest</LinkButton>}
      />
      {query ? (
        <Suspense
          fallback={<LoadingParts label="Loading incidents" parts={["h-12", "h-9 md:max-w-xl", "h-80"]} />}
        >
          <Incidents context={context} query={query} />
        </Suspense>
      ) : (
        <ErrorState
          title="This address is not understood"
          actions={
            <LinkButton href={incidentAddress(context.project.slug, {})}>Show all incidents</LinkButton>
          }
        >
          One of its filters has a value that does not exist, or a part of it was cut off.
        </ErrorState>
      )}
    </>
  );
}

async function Incidents({ context, query }: { context: PageContext; query: IncidentQuery }) {
  const { ctx, project } = context;
  const [list, watching, inForce, channels, times] = await Promise.all([
    listIncidents(ctx, query),
    monitoringState(ctx),
    monitorInForce(ctx),
    context.can("project.manage") ? listChannels(ctx) : null,
    readResponseTimes(ctx),
  ]);
  const total = Object.values(list.counts).reduce((sum, each) => sum + each, 0);
  const filtered = query.standing !== "all" || query.attribute !== undefined;
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-col gap-1">
        <WatchState state={watching} now={ctx.now} />
        <p className="pl-6 text-sm text-muted text-pretty">
          {watchedWords(inForce.settings.attributes, inForce.version > 0)}{" "}
          {context.can("project.manage") ? (
            <TextLink href={`/${project.slug}/setting/monitor`}>What is watched</TextLink>
          ) : null}
        </p>
        {channels ? <AlertState slug={project.slug} channels={channels} /> : null}
      </div>
      {total === 0 && !filtered ? (
        <Card>
          <NothingYet slug={project.slug} watching={watching.state} />
        </Card>
      ) : (
        <Listed slug={project.slug} timeZone={project.timeZone} query={query} list={list} total={total} />
      )}
      <ResponseCard times={times} />
    </div>
  );
}

function Listed({
  slug,
  timeZone,
  query,
  list,
  total,
}: {
  slug: string;
  timeZone: string;
  query: IncidentQuery;
  list: IncidentList;
  total: number;
}) {
  const tab = (standing: IncidentQuery["standing"]) => incidentAddress(slug, { ...query, standing, page: 1 });
  return (
    <>
      <div className="flex flex-wrap items-end justify-between gap-3">
        <LinkTabs
          label="State"
          current={tab(query.standing)}
          tabs={[
            { href: tab("all"), label: <TabLabel text="All" count={total} /> },
            ...STANDINGS.map((standing) => ({
              href: tab(standing),
              label: <TabLabel text={STANDING_LOOK[standing].label} count={list.counts[standing]} />,
            })),
          ]}
        />
        {list.segments.length > 1 || query.attribute !== undefined ? (
          <SegmentFilter slug={slug} query={query} segments={list.segments} />
        ) : null}
      </div>
      <Card
        flush
        footer={
          list.pages > 1 ? (
            <Paging
              page={list.page}
              pages={list.pages}
              hrefOf={(page) => incidentAddress(slug, { ...query, page })}
            />
          ) : null
        }
      >
        {list.incidents.length > 0 ? (
          <IncidentTable
            incidents={list.incidents}
            timeZone={timeZone}
            hrefOf={(incident) => `/${slug}/incident/${incident.id}`}
          />
        ) : (
          <EmptyState
            icon={<SearchX aria-hidden="true" />}
            title="No incident matches"
            actions={<LinkButton href={incidentAddress(slug, {})}>Show all incidents</LinkButton>}
          >
            Choose another state or segment to see more.
          </EmptyState>
        )}
      </Card>
    </>
  );
}

function TabLabel({ text, count }: { text: string; count: number }) {
  return (
    <>
      {text}
      <span className="rounded-full bg-hover px-1.5 text-2xs text-muted tabular">{count}</span>
    </>
  );
}

function NothingYet({ slug, watching }: { slug: string; watching: string }) {
  return (
    <EmptyState
      icon={<ShieldCheck aria-hidden="true" />}
      title={watching === "watching" ? "Nothing has dropped so far" : "No incident so far"}
      actions={<LinkButton href={`/${slug}/accuracy`}>See accuracy over time</LinkButton>}
    >
      An incident opens by itself when the reviews of a watched segment show that its accuracy has fallen
      below its boundary, so clearly that chance would hardly ever do it. It says since when, how sure that
      is, and which outputs show it. <DocLink to="/docs#alarm">How an incident comes about</DocLink>
    </EmptyState>
  );
}
