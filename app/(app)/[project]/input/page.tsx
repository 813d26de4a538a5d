import { Inbox } from "lucide-react";
import { pageContext } from "@/app/_boundary/session";
import { firstCommand } from "@/app/(app)/[project]/setting/keys/first-command";
import { DocLink } from "@/components/docs/doc-link";
import { Badge } from "@/components/ui/badge";
import { Banner } from "@/components/ui/banner";
import { LinkButton } from "@/components/ui/button";
import { Card, Stat } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { formatCount, formatDuration, formatInstant, formatProbability } from "@/lib/core/format";
import { FEWEST_PILOT_DAYS, readPilotDays } from "@/lib/drift/read-pilot-days";
import { readDayFlows, readFreshness, readReasonCounts, readSilences } from "@/lib/drift/flow-queries";
import { readOpenBreakers } from "@/lib/incident/breaker-queries";
import { isUnreadable } from "@/lib/incident/breaker-words";
import { readOpenFindings } from "@/lib/incident/input-findings";
import {
  countBareSpans,
  type LedgerTotals,
  readLedger,
  readLedgerTotals,
  readQuarantine,
} from "@/lib/ingest/queries";
import { REASON_SENTENCES } from "@/lib/quarantine/reason";
import { shownReasons } from "@/lib/quarantine/shown-reasons";
import { BareSpans } from "./bare-spans";
import { BreakerBanner } from "./breaker-banner";
import { FindingBanners } from "./finding-banners";
import { FlowCard, FreshnessCard, ReasonCard } from "./flow-cards";
import { InputTabs } from "./input-tabs";
import { LedgerTable } from "./ledger-table";
import { QuarantineList } from "./quarantine-list";
import { SilenceBanner } from "./silence-banner";
import { volumeWords } from "./volume-words";

export const metadata = { title: "Input" };

const HOURS = 100;
const NEWEST = 20;
const FLOW_DAYS = 30;
const REASON_DAYS = 7;

export default async function InputPage({ params }: { params: Promise<{ project: string }> }) {
  const { ctx, project, can } = await pageContext(params, "project.read");
  const [
    totals,
    hours,
    quarantined,
    flows,
    reasons,
    sources,
    silence,
    breakers,
    findings,
    pilotDays,
    bareSpans,
  ] = await Promise.all([
    readLedgerTotals(ctx),
    readLedger(ctx, HOURS),
    readQuarantine(ctx, NEWEST),
    readDayFlows(ctx, FLOW_DAYS),
    readReasonCounts(ctx, REASON_DAYS),
    readFreshness(ctx),
    readSilences(ctx),
    readOpenBreakers(ctx),
    readOpenFindings(ctx),
    readPilotDays(ctx),
    countBareSpans(ctx),
  ]);
  const moment = (at: Date) => formatInstant(at, project.timeZone);
  const header = (
    <>
      <PageHeader
        title="Input"
        description={
          <>
            What your systems sent, and what became of every single record.{" "}
            <DocLink to="/docs#ledger">What the ledger counts</DocLink>
          </>
        }
        actions={
          can("project.manage") ? (
            <LinkButton href={`/${project.slug}/setting/contract`}>Contract</LinkButton>
          ) : null
        }
      />
      <InputTabs slug={project.slug} current="records" />
    </>
  );
  if (totals.received === 0) {
    const command = firstCommand(process.env.NEXTAUTH_URL ?? "", project.slug, ["outputs:write"], ctx.now);
    return (
      <>
        {header}
        <Card>
          <EmptyState
            icon={<Inbox aria-hidden="true" />}
            title="Nothing has come in yet"
            command={command?.code ?? ""}
            commandLabel="Send a first output; put an API key in ASSAY_KEY"
            actions={
              can("key.manage") ? (
                <LinkButton href={`/${project.slug}/setting/keys`} variant="primary">
                  Make an API key
                </LinkButton>
              ) : null
            }
          >
            As soon as a system sends its first output, this page counts it by source and hour.
          </EmptyState>
        </Card>
      </>
    );
  }
  const lastHour = totals.lastReceivedAt ?? hours[0]?.hour ?? null;
  return (
    <>
      {header}
      <div className="flex flex-col gap-4">
        {totals.addsUp ? null : (
          <Banner tone="alarm" title="The counts do not add up">
            What was received differs from what is stored, flagged, repeated, quarantined and refused. Tell
            whoever runs this installation; estimates of the affected hours may be incomplete.
          </Banner>
        )}
        <SilenceBanner slug={project.slug} silence={silence} moment={(at) => moment(new Date(at))} />
        <BreakerBanner
          slug={project.slug}
          breakers={breakers}
          sentences={REASON_SENTENCES}
          isUnreadable={isUnreadable}
          moment={(at) => formatInstant(at, project.timeZone)}
        />
        <BareSpans count={bareSpans} />
        <FindingBanners slug={project.slug} findings={findings} />
        <Totals totals={totals} last={lastHour} now={ctx.now} moment={moment} />
        <FlowCard days={flows} />
        <div className="grid gap-4 lg:grid-cols-2">
          <ReasonCard reasons={reasons} />
          <FreshnessCard
            slug={project.slug}
            sources={sources}
            silence={silence}
            volume={volumeWords(pilotDays, FEWEST_PILOT_DAYS)}
            now={ctx.now}
            canManage={can("project.manage")}
            moment={(at) => moment(new Date(at))}
          />
        </div>
        <Card
          title="By source and hour"
          description={`Each row adds up from left to right. Times are in ${project.timeZone}.`}
          flush
          {...(hours.length === HOURS ? { footer: `The newest ${HOURS} rows.` } : {})}
        >
          <LedgerTable rows={hours.map((row) => ({ ...row, hour: moment(row.hour) }))} />
        </Card>
        <Card
          title="Quarantine"
          actions={
            totals.held > 0 ? (
              <LinkButton size="sm" href={`/${project.slug}/input/quarantine`}>
                By reason
              </LinkButton>
            ) : null
          }
          description={
            totals.held === 0
              ? "Records that cannot be read as they were meant are kept here with their bytes and the reason."
              : `${heldWords(totals)} with the reason, and part of no estimate.`
          }
          flush
          {...(totals.held > NEWEST
            ? { footer: `The newest ${NEWEST} of ${formatCount(totals.held)}.` }
            : {})}
        >
          <QuarantineList
            slug={project.slug}
            records={quarantined.map(({ reasons, receivedAt, ...record }) => ({
              ...record,
              receivedAt: moment(receivedAt),
              reasons: shownReasons(reasons, can("payload.read")),
            }))}
          />
        </Card>
      </div>
    </>
  );
}

/** The ledger counts outputs; truths that could not be read are kept beside them. */
function heldWords({ held, heldTruths }: LedgerTotals): string {
  const count = (number: number, one: string) => `${formatCount(number)} ${one}${number === 1 ? "" : "s"}`;
  const outputs = held - heldTruths;
  const parts = [
    outputs > 0 || heldTruths === 0 ? count(outputs, "output") : null,
    heldTruths > 0 ? count(heldTruths, "truth") : null,
  ].filter((part) => part !== null);
  return `${parts.join(" and ")} ${held === 1 ? "is kept as it came" : "are kept as they came"},`;
}

function Totals({
  totals,
  last,
  now,
  moment,
}: {
  totals: LedgerTotals;
  last: Date | null;
  now: Date;
  moment: (at: Date) => string;
}) {
  const share = (part: number) => `${formatProbability(part / totals.received)} of all received`;
  return (
    <Card>
      <div className="grid grid-cols-2 gap-x-6 gap-y-4 md:grid-cols-4">
        <Stat
          label="Last received"
          value={last ? `${formatDuration(Math.max(0, (now.getTime() - last.getTime()) / 1000))} ago` : "–"}
          detail={last ? moment(last) : "no output yet"}
        />
        <Stat
          label="Received"
          value={formatCount(totals.received)}
          detail={
            <Badge tone={totals.addsUp ? "good" : "alarm"}>
              {totals.addsUp ? "All accounted for" : "Does not add up"}
            </Badge>
          }
        />
        <Stat
          label="Taken"
          value={formatCount(totals.accepted + totals.flagged)}
          detail={totals.flagged > 0 ? `${formatCount(totals.flagged)} of them flagged` : "none flagged"}
        />
        <Stat
          label="Quarantined or refused"
          value={formatCount(totals.quarantined + totals.refused)}
          detail={share(totals.quarantined + totals.refused)}
        />
      </div>
    </Card>
  );
}
