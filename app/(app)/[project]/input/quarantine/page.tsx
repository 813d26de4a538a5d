import { ShieldCheck } from "lucide-react";
import { pageContext } from "@/app/_boundary/session";
import { BreakerBanner } from "@/app/(app)/[project]/input/breaker-banner";
import { InputTabs } from "@/app/(app)/[project]/input/input-tabs";
import { QuarantineList } from "@/app/(app)/[project]/input/quarantine-list";
import { DocLink } from "@/components/docs/doc-link";
import { TrafficCard } from "@/components/chart/traffic-card";
import { Banner } from "@/components/ui/banner";
import { LinkButton } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { formatCount, formatInstant } from "@/lib/core/format";
import { lastDays } from "@/lib/estimate/last-days";
import { trafficFigures } from "@/lib/estimate/traffic-figures";
import { readOpenBreakers } from "@/lib/incident/breaker-queries";
import { isUnreadable } from "@/lib/incident/breaker-words";
import { type HeldGroup, readHeldGroups, readSettledCounts } from "@/lib/ingest/held-groups";
import { type HeldQuery, heldQuerySchema } from "@/lib/ingest/held-schema";
import { readQuarantine } from "@/lib/ingest/queries";
import { REASON_SENTENCES, reasonSentence } from "@/lib/quarantine/reason";
import { shownReasons } from "@/lib/quarantine/shown-reasons";
import { heldAddress } from "./held-address";
import { HeldGroups, type ShownGroup } from "./held-groups";

export const metadata = { title: "Quarantine" };

const NEWEST = 10;
const SHOWN_DAYS = 30;

export default async function QuarantinePage({
  params,
  searchParams,
}: {
  params: Promise<{ project: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { ctx, project, can } = await pageContext(params, "project.read");
  // What nobody can understand asks for nothing.
  const asked = heldQuerySchema.safeParse(await searchParams).data ?? {};
  const [groups, settled, newest, figures, breakers] = await Promise.all([
    readHeldGroups(ctx, asked),
    readSettledCounts(ctx),
    readQuarantine(ctx, NEWEST, asked),
    lastDays(ctx, SHOWN_DAYS).then((days) => trafficFigures(ctx, days)),
    readOpenBreakers(ctx),
  ]);
  const { slug, timeZone } = project;
  const moment = (at: Date) => formatInstant(at, timeZone);
  const held = groups.reduce((sum, { records }) => sum + records, 0);
  return (
    <>
      <PageHeader
        title="Quarantine"
        description={
          <>
            Records that are held back, with their bytes and the reason. Reviewers judge a sample of them
            among the others, so that they do not flatter the figure.{" "}
            <DocLink to="/docs#quarantine">How quarantine works</DocLink>
          </>
        }
        actions={
          can("project.manage") ? <LinkButton href={`/${slug}/setting/contract`}>Contract</LinkButton> : null
        }
      />
      <InputTabs slug={slug} current="quarantine" />
      <div className="flex flex-col gap-4">
        <BreakerBanner
          slug={slug}
          breakers={breakers}
          sentences={REASON_SENTENCES}
          isUnreadable={isUnreadable}
          moment={(at) => formatInstant(at, timeZone)}
        />
        {figures.held.records + figures.unreadable > 0 ? <TrafficCard figures={figures} /> : null}
        <AskedBanner slug={slug} asked={asked} moment={moment} />
        {groups.length === 0 ? (
          <Card>
            <EmptyState
              icon={<ShieldCheck aria-hidden="true" />}
              title={isAsked(asked) ? "Nothing of this is held back" : "Nothing is held back"}
            >
              {settledWords(settled) ??
                "Records that cannot be read, or that break a rule of the contract that somebody insists on, would be here."}
            </EmptyState>
          </Card>
        ) : (
          <>
            <Card
              flush
              title="By reason and time"
              description="Mend the contract, then judge a group again: what keeps it now becomes an output, with its bytes and time of arrival."
              footer={settledWords(settled) ?? undefined}
            >
              <HeldGroups
                slug={slug}
                canManage={can("project.manage")}
                times={{ from: asked.from, to: asked.to }}
                groups={groups.map((group) => shownGroup(group, { slug, asked, moment }))}
              />
            </Card>
            <Card
              flush
              title="Newest"
              {...(held > NEWEST ? { footer: `The newest ${NEWEST} of ${formatCount(held)}.` } : {})}
            >
              <QuarantineList
                slug={slug}
                records={newest.map(({ reasons, receivedAt, ...record }) => ({
                  ...record,
                  receivedAt: moment(receivedAt),
                  reasons: shownReasons(reasons, can("payload.read")),
                }))}
              />
            </Card>
          </>
        )}
      </div>
    </>
  );
}

interface Shown {
  slug: string;
  asked: HeldQuery;
  moment: (at: Date) => string;
}

function shownGroup({ first, last, times, ...group }: HeldGroup, { slug, asked, moment }: Shown): ShownGroup {
  const { kind, code, path } = group;
  return {
    ...group,
    sentence: reasonSentence(code),
    first: moment(first),
    last: moment(last),
    href: heldAddress(slug, { ...asked, kind, code, path }),
    times: times.map(({ from, to, records }) => ({
      records,
      label: `${moment(from)} to ${moment(to)}`,
      href: heldAddress(slug, { ...asked, from: from.toISOString(), to: to.toISOString() }),
    })),
  };
}

function isAsked(asked: HeldQuery): boolean {
  return Object.values(asked).some((each) => each !== undefined);
}

/** What the address narrows the page to, and the way back. */
function AskedBanner({ slug, asked, moment }: Shown) {
  if (!isAsked(asked)) return null;
  const { code, path, kind, from, to } = asked;
  const said = [
    code === undefined ? null : reasonSentence(code),
    path === undefined || path === "" ? null : `At ${path}.`,
    kind === "truth" ? "Truths." : null,
    from === undefined ? null : `Received from ${moment(new Date(from))} on.`,
    to === undefined ? null : `Received before ${moment(new Date(to))}.`,
  ].filter((part) => part !== null);
  return (
    <Banner
      title="Only a part is shown"
      actions={
        <LinkButton size="sm" href={heldAddress(slug, {})}>
          Show all
        </LinkButton>
      }
    >
      {said.join(" ")} What you decide here is decided about these records only.
    </Banner>
  );
}

/** Null when nothing was ever decided. */
function settledWords(counts: { replayed: number; accepted: number; discarded: number }): string | null {
  const parts = [
    counts.replayed > 0 ? `${formatCount(counts.replayed)} became outputs by a later contract` : null,
    counts.accepted > 0 ? `${formatCount(counts.accepted)} were accepted once` : null,
    counts.discarded > 0 ? `${formatCount(counts.discarded)} were discarded` : null,
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : `So far ${parts.join(", ")}.`;
}
