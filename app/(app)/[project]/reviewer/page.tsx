import { Users } from "lucide-react";
import type { SearchParams } from "nuqs/server";

import { Suspense } from "react";

import { type PageContext, pageContext } from "@/app/_boundary/session";
import { DocLink } from "@/components/docs/doc-link";
import { dayRange } from "@/components/chart/calendar-day";
import { LinkButton, TextLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { LoadingParts } from "@/components/ui/skeleton";
import { formatInstant } from "@/lib/core/format";
import { localDay } from "@/lib/core/local-day";
import { storedReading } from "@/lib/db/stored-reading";
import { nonResponse } from "@/lib/estimate/non-response";
import { accuracySeries } from "@/lib/estimate/queries";
import { readExtent, readTotals } from "@/lib/estimate/read-cells";
import { reviewerMix } from "@/lib/estimate/reviewer-mix";
import { keptAnchoring } from "@/lib/review/anchoring";
import type { ReviewersReport } from "@/lib/review/people-schema";
import { reviewerReport } from "@/lib/review/reviewer-report";

import { rangeDays } from "@/app/(app)/[project]/accuracy/view-state";
import { anchoringWords, armWords } from "@/app/(app)/[project]/setting/review/setting-words";
import { AgreementCard } from "./agreement-card";
import { CorrectedCard } from "./corrected-card";
import { MixCard } from "./mix-card";
import { NonResponseCard } from "./non-response-card";
import { PeopleTable } from "./people-table";
import { RangeControl } from "./range-control";
import { attentionWords, goldWords } from "./reviewer-words";
import { daysOfRange, loadPeopleState } from "./view-state";

export const metadata = { title: "Reviewers" };

const ALL = { attribute: "", value: "" };

export default async function ReviewersPage({
  params,
  searchParams,
}: {
  params: Promise<{ project: string }>;
  searchParams: Promise<SearchParams>;
}) {
  const context = await pageContext(params, "project.manage");
  const { ctx, project } = context;
  const { range } = await loadPeopleState(searchParams);
  const days = daysOfRange(range, localDay(ctx.now, project.timeZone));
  const { production } = await readTotals(ctx.db, project.id, ALL);
  const asked = { kind: "reviewers", ...days, reviews: production.reviews } as const;
  const { value: report, madeAt } = await storedReading(ctx, asked, () => reviewerReport(ctx, days));
  const nothing = report.reviewers.every(({ work }) => work.judged + work.handed_on === 0);
  return (
    <>
      <PageHeader
        title="Reviewers"
        description={
          <>
            How well the people judge by whom accuracy is measured. Of themselves, reviewers see only how many
            known items they judged as expected.{" "}
            <DocLink to="/docs/numbers#people">How people are measured</DocLink>
          </>
        }
        actions={<RangeControl />}
      />
      <div className="flex flex-col gap-4">
        {nothing ? (
          <Card>
            <NothingYet slug={project.slug} report={report} />
          </Card>
        ) : (
          <>
            <Attention report={report} slug={project.slug} />
            <Card
              flush
              title="People"
              description={`Reviews from ${dayRange(report.from, report.to)}${madeAt ? `, as of ${formatInstant(madeAt, project.timeZone)}` : ""}`}
            >
              <PeopleTable slug={project.slug} rows={report.reviewers} />
            </Card>
            <AgreementCard report={report} />
            <Suspense
              fallback={
                <LoadingParts label="Loading what people do to the numbers" parts={["h-48", "h-72"]} />
              }
            >
              <Measurement context={context} range={range} />
            </Suspense>
          </>
        )}
      </div>
    </>
  );
}

/** What the people together do to the numbers; these days are those of the outputs, not of the reviews. */
async function Measurement({
  context: { ctx, project },
  range,
}: {
  context: PageContext;
  range: Parameters<typeof rangeDays>[0];
}) {
  const [extent, { production }] = await Promise.all([
    readExtent(ctx.db, project.id, ALL),
    readTotals(ctx.db, project.id, ALL),
  ]);
  const days = rangeDays(range, extent, localDay(ctx.now, project.timeZone));
  const { reviews } = production;
  const [series, { value: mix }, { value: left }, arms] = await Promise.all([
    accuracySeries(ctx, days),
    storedReading(ctx, { kind: "reviewer-mix", ...days, reviews }, () => reviewerMix(ctx, days)),
    storedReading(ctx, { kind: "non-response", ...days, reviews }, () => nonResponse(ctx, days)),
    keptAnchoring(ctx, reviews),
  ]);
  return (
    <>
      {series.now ? <CorrectedCard slug={project.slug} now={series.now} /> : null}
      <MixCard mix={mix} />
      {arms ? (
        <Card title="Are people led by what they see?">
          <p className="max-w-3xl text-sm text-ink text-pretty">{anchoringWords(arms.difference)}</p>
          <p className="mt-2 text-sm text-muted">
            Answer first: {armWords(arms.blind)}. Output first: {armWords(arms.outputFirst)}.
            {arms.madeAt ? ` As of ${formatInstant(arms.madeAt, project.timeZone)}.` : null}
          </p>
        </Card>
      ) : null}
      <NonResponseCard found={left} />
    </>
  );
}

/** What stands out, before any table. */
function Attention({ report, slug }: { report: ReviewersReport; slug: string }) {
  const found = attentionWords(report.reviewers);
  return (
    <Card title={found.length > 0 ? "What stands out" : "Nothing stands out"}>
      {found.length > 0 ? (
        <ul className="mb-2 flex max-w-3xl list-disc flex-col gap-1 pl-4 text-sm text-ink text-pretty">
          {found.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      ) : null}
      <p className="max-w-3xl text-sm text-muted text-pretty">
        {goldWords(report.reviewers)}{" "}
        <TextLink href={`/${slug}/setting/review`}>Known items and how reviews are done</TextLink>
      </p>
    </Card>
  );
}

function NothingYet({ slug, report }: { slug: string; report: ReviewersReport }) {
  return report.reviewers.length === 0 ? (
    <EmptyState
      icon={<Users aria-hidden="true" />}
      title="Nobody reviews here yet"
      actions={<LinkButton href={`/${slug}/setting/members`}>Invite reviewers</LinkButton>}
    >
      Two people or more, so that you see how far they agree.{" "}
      <DocLink to="/docs#review">How a review goes</DocLink>
    </EmptyState>
  ) : (
    <EmptyState
      icon={<Users aria-hidden="true" />}
      title="No reviews in these days"
      actions={<LinkButton href={`/${slug}/review`}>Open the review queue</LinkButton>}
    >
      {report.reviewers.length === 1 ? "One person is" : `${report.reviewers.length} people are`} here to
      review. Their pace and how well they judge stand here from {report.from} on.
    </EmptyState>
  );
}
