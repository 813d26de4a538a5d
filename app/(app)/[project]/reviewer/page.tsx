import { Users } from "lucide-react";
import type { SearchParams } from "nuqs/server";

import { pageContext } from "@/app/_boundary/session";
import { dayRange } from "@/components/chart/calendar-day";
import { LinkButton, TextLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { localDay } from "@/lib/core/local-day";
import type { ReviewersReport } from "@/lib/review/people-schema";
import { reviewerReport } from "@/lib/review/reviewer-report";

import { AgreementCard } from "./agreement-card";
import { PeopleTable } from "./people-table";
import { RangeControl } from "./range-control";
import { attentionWords, goldWords } from "./reviewer-words";
import { daysOfRange, loadPeopleState } from "./view-state";

export const metadata = { title: "Reviewers" };

export default async function ReviewersPage({
  params,
  searchParams,
}: {
  params: Promise<{ project: string }>;
  searchParams: Promise<SearchParams>;
}) {
  const { ctx, project } = await pageContext(params, "project.manage");
  const { range } = await loadPeopleState(searchParams);
  const report = await reviewerReport(ctx, daysOfRange(range, localDay(ctx.now, project.timeZone)));
  const nothing = report.reviewers.every(({ work }) => work.judged + work.handed_on === 0);
  return (
    <>
      <PageHeader
        title="Reviewers"
        description="How well the people judge by whom accuracy is measured. Of themselves, reviewers see only how many known items they judged as expected."
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
            <Card flush title="People" description={`Reviews from ${dayRange(report.from, report.to)}`}>
              <PeopleTable slug={project.slug} rows={report.reviewers} />
            </Card>
            <AgreementCard report={report} />
          </>
        )}
      </div>
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
      Two people or more, so that you see how far they agree.
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
