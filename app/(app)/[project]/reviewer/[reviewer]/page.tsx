import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { SearchParams } from "nuqs/server";
import { cache, type ReactNode } from "react";
import * as z from "zod";

import { pageContext } from "@/app/_boundary/session";
import { dayRange } from "@/components/chart/calendar-day";
import { RateText } from "@/components/table/rate-text";
import { Badge } from "@/components/ui/badge";
import { TextLink } from "@/components/ui/button";
import { Card, Stat } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { formatCount, formatDuration, formatInstant } from "@/lib/core/format";
import { localDay } from "@/lib/core/local-day";
import { storedReading } from "@/lib/db/stored-reading";
import { readTotals } from "@/lib/estimate/read-cells";
import type { ReviewerDetail } from "@/lib/review/people-schema";
import { knownReviewer, measureReviewer, shownTo } from "@/lib/review/reviewer-detail";

import { RangeControl } from "@/app/(app)/[project]/reviewer/range-control";
import { attentionWords } from "@/app/(app)/[project]/reviewer/reviewer-words";
import { daysOfRange, loadPeopleState } from "@/app/(app)/[project]/reviewer/view-state";
import { ChangedTable, MissTable } from "./item-tables";
import { WeekTable } from "./week-table";

type Params = Promise<{ project: string; reviewer: string }>;

/** Read once for the title and for the page. */
const detailOf = cache(async (project: string, reviewer: string, range: "4w" | "3m" | "1y") => {
  const context = await pageContext(Promise.resolve({ project }), "project.manage");
  const { ctx, project: shown } = context;
  const id = z.uuid().safeParse(reviewer);
  const [person, { production }] = await Promise.all([
    id.success ? knownReviewer(ctx, id.data) : null,
    readTotals(ctx.db, shown.id, { attribute: "", value: "" }),
  ]);
  if (!person) notFound();
  const window = daysOfRange(range, localDay(ctx.now, shown.timeZone));
  const about = [person.reviewerId];
  const { value, madeAt } = await storedReading(
    ctx,
    { kind: "reviewer", ...window, about, reviews: production.reviews },
    () => measureReviewer(ctx, window, person),
  );
  return { context, detail: shownTo(ctx, value), madeAt };
});

interface Props {
  params: Params;
  searchParams: Promise<SearchParams>;
}

async function load({ params, searchParams }: Props) {
  const { project, reviewer } = await params;
  const { range } = await loadPeopleState(searchParams);
  return await detailOf(project, reviewer, range);
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { detail } = await load(props);
  return { title: detail.reviewer.name };
}

export default async function ReviewerPage(props: Props) {
  const { params } = props;
  await pageContext(params, "project.manage");
  const {
    context: { project },
    detail,
    madeAt,
  } = await load(props);
  const { reviewer } = detail;
  const outstanding = attentionWords([reviewer]);
  return (
    <>
      <PageHeader
        title={reviewer.name}
        description={`Reviews from ${dayRange(detail.from, detail.to)}${madeAt ? `, as of ${formatInstant(madeAt, project.timeZone)}` : ""}`}
        back={<TextLink href={`/${project.slug}/reviewer`}>Reviewers</TextLink>}
        actions={<RangeControl />}
      />
      <div className="flex flex-col gap-4">
        <Card>
          <Numbers detail={detail} />
          {outstanding.length > 0 ? (
            <ul className="mt-4 flex max-w-3xl list-disc flex-col gap-1 pl-4 text-sm text-ink text-pretty">
              {outstanding.map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
          ) : null}
        </Card>
        {detail.weeks.length > 0 ? (
          <Card flush title="Week by week">
            <WeekTable weeks={detail.weeks} />
          </Card>
        ) : null}
        <Misses slug={project.slug} timeZone={project.timeZone} detail={detail} />
        <Changed slug={project.slug} timeZone={project.timeZone} detail={detail} />
      </div>
    </>
  );
}

function Numbers({ detail: { reviewer, truth } }: { detail: ReviewerDetail }) {
  const { work, gold, others, repeats } = reviewer;
  return (
    <div className="grid grid-cols-2 gap-x-6 gap-y-4 sm:grid-cols-3 xl:grid-cols-6">
      <Stat
        label="Reviews"
        value={formatCount(work.judged)}
        detail={`${formatCount(work.cannot_judge)} could not be judged, ${formatCount(work.handed_on)} handed on`}
      />
      <Stat
        label="Pace"
        value={work.median_seconds === null ? "–" : formatDuration(work.median_seconds)}
        detail={work.too_fast ? <Badge tone="warn">Very fast</Badge> : "half of the items took longer"}
      />
      <Share
        label="Errors found"
        rate={gold.sensitivity}
        tooFew={gold.too_few}
        none="no wrong known item yet"
      />
      <Share
        label="Right accepted"
        rate={gold.specificity}
        tooFew={gold.too_few}
        none="no right known item yet"
      />
      <Share
        label="Like others"
        rate={others.same}
        tooFew={others.too_few}
        none="nothing judged twice"
        more={
          others.decided > 0
            ? `A third person went with ${others.decided_for} of ${others.decided} where they differed.`
            : null
        }
      />
      <Share
        label="Like before"
        rate={repeats.same_verdict}
        tooFew={repeats.too_few}
        none="no own old items yet"
      />
      {truth.n > 0 ? (
        <Share
          label="Like the truth that came later"
          rate={truth.as_expected}
          tooFew={truth.too_few}
          none=""
          more={`${truth.wrong_found} of ${truth.wrong} wrong outputs found.`}
        />
      ) : null}
    </div>
  );
}

function Share({
  label,
  rate,
  tooFew,
  none,
  more,
}: {
  label: string;
  rate: Parameters<typeof RateText>[0]["rate"];
  tooFew: boolean;
  none: string;
  more?: string | null;
}) {
  return (
    <div className="min-w-0">
      <div className="text-sm text-muted">{label}</div>
      <div className="mt-0.5 text-lg text-ink tabular">
        {rate ? (
          <RateText rate={rate} tooFew={tooFew} />
        ) : (
          <span className="text-sm text-subtle">{none}</span>
        )}
      </div>
      {more ? <p className="mt-1 text-xs text-subtle text-pretty">{more}</p> : null}
    </div>
  );
}

function Misses({ slug, timeZone, detail }: { slug: string; timeZone: string; detail: ReviewerDetail }) {
  const { misses, reviewer } = detail;
  return (
    <Card
      flush
      title="Known items judged otherwise than expected"
      description="If several people miss the same one, its answer may be mistaken."
    >
      {misses === null ? (
        <Note>You see your score, but not which items: that would tell you which ones are known.</Note>
      ) : misses.length === 0 ? (
        <Note>
          {reviewer.gold.n === 0
            ? "No known item has been judged in these days."
            : `None of ${reviewer.gold.n}.`}
        </Note>
      ) : (
        <MissTable slug={slug} timeZone={timeZone} misses={misses} />
      )}
    </Card>
  );
}

function Changed({ slug, timeZone, detail }: { slug: string; timeZone: string; detail: ReviewerDetail }) {
  const { changed, reviewer } = detail;
  const n = reviewer.repeats.same_verdict?.n ?? 0;
  return (
    <Card flush title="Own old items judged otherwise than before">
      {changed.length === 0 ? (
        <Note>{n === 0 ? "No own old item has come again in these days." : `None of ${n}.`}</Note>
      ) : (
        <ChangedTable slug={slug} timeZone={timeZone} changed={changed} />
      )}
    </Card>
  );
}

function Note({ children }: { children: ReactNode }) {
  return <p className="px-4 pb-4 text-sm text-muted">{children}</p>;
}
