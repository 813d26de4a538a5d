import { History } from "lucide-react";

import { pageContext } from "@/app/_boundary/session";
import { LinkButton } from "@/components/ui/button";
import { Card, DescriptionList } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { keptLabelledHistory } from "@/lib/backtest/labelled-outputs";
import { listBacktests } from "@/lib/backtest/queries";
import type { LabelledHistory } from "@/lib/backtest/schema";
import { whatIsMissing } from "@/lib/backtest/what-is-missing";
import { formatCount, formatDay, formatInstant } from "@/lib/core/format";
import { monitorInForce } from "@/lib/monitor/monitor-queries";

import { BacktestList } from "./backtest-list";
import { StartForm } from "./start-form";

export const metadata = { title: "Backtest" };

export default async function BacktestsPage({ params }: { params: Promise<{ project: string }> }) {
  const { ctx, project, can } = await pageContext(params, "project.read");
  const [{ value: history, madeAt }, { backtests }, monitor] = await Promise.all([
    keptLabelledHistory(ctx),
    listBacktests(ctx),
    monitorInForce(ctx),
  ]);
  const missing = whatIsMissing(history, monitor.settings.floor);
  const active = backtests.find(({ state }) => state === "WAITING" || state === "RUNNING");
  return (
    <>
      <PageHeader
        title="Backtest"
        description="Replays what has been judged so far, many times over: how soon a loss would have been noticed with so many reviews a week, and how often there would have been an alarm without any."
      />
      <div className="flex flex-col gap-4">
        {missing === null ? (
          <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_22rem]">
            {can("project.manage") ? (
              <Card
                title="Start a backtest"
                description="It runs in the background: you can leave this page and come back."
              >
                <StartForm
                  slug={project.slug}
                  perWeek={history.per_week}
                  acceptedPerYear={monitor.settings.accepted_per_year}
                  activeId={active?.id ?? null}
                />
              </Card>
            ) : null}
            <Card
              title="What there is to replay"
              {...(madeAt ? { description: `As of ${formatInstant(madeAt, project.timeZone)}` } : {})}
            >
              <DescriptionList items={historyItems(history)} />
            </Card>
          </div>
        ) : (
          <Card>
            <TooFew slug={project.slug} missing={missing} nothing={history.outputs === 0} />
          </Card>
        )}
        {backtests.length > 0 ? (
          <Card title="Backtests so far" flush>
            <BacktestList
              slug={project.slug}
              canManage={can("project.manage")}
              backtests={backtests.map((backtest) => ({
                ...backtest,
                started: formatInstant(backtest.created_at, project.timeZone),
              }))}
            />
          </Card>
        ) : null}
      </div>
    </>
  );
}

function historyItems(history: LabelledHistory) {
  const { kind, outputs, pilot_outputs: pilot, first_day: first, last_day: last, clusters } = history;
  return [
    {
      term: kind === "truth" ? "Outputs with a known truth" : "Judged outputs",
      detail: formatCount(outputs),
    },
    { term: "Of the pilot", detail: formatCount(pilot) },
    { term: "From", detail: first ? formatDay(first) : "–" },
    { term: "To", detail: last ? formatDay(last) : "–" },
    { term: "In production", detail: `about ${formatCount(Math.round(history.per_week))} a week` },
    ...(clusters > 0 ? [{ term: "Clusters", detail: formatCount(clusters) }] : []),
  ];
}

function TooFew({ slug, missing, nothing }: { slug: string; missing: string; nothing: boolean }) {
  return (
    <EmptyState
      icon={<History aria-hidden="true" />}
      title={nothing ? "Nothing has been judged yet" : "There is too little to replay"}
      actions={<LinkButton href={`/${slug}/review`}>Open the review queue</LinkButton>}
    >
      {missing} Outputs count when people have reviewed them, or when they came with their truth. To replay a
      file of recorded outputs instead, run <code className="font-mono">npm run backtest</code>.
    </EmptyState>
  );
}
