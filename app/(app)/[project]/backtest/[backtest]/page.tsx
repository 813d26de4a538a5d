import { notFound } from "next/navigation";
import * as z from "zod";

import { pageContext } from "@/app/_boundary/session";
import { Banner } from "@/components/ui/banner";
import { TextLink } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { findBacktest } from "@/lib/backtest/queries";
import { resultSentences } from "@/lib/backtest/result-sentences";
import type { Backtest, BacktestResult } from "@/lib/backtest/schema";
import { formatCount, formatDay, formatDuration, formatInstant } from "@/lib/core/format";

import { BacktestActions } from "./backtest-actions";
import { BacktestProgress } from "./backtest-progress";
import { ResultView } from "./result-view";

export const metadata = { title: "Backtest" };

export default async function BacktestPage({
  params,
}: {
  params: Promise<{ project: string; backtest: string }>;
}) {
  const { ctx, project, can } = await pageContext(params, "project.read");
  const id = z.uuid().safeParse((await params).backtest);
  const backtest = id.success ? await findBacktest(ctx, id.data) : null;
  if (!backtest) notFound();
  const { result } = backtest;
  return (
    <>
      <PageHeader
        back={<TextLink href={`/${project.slug}/backtest`}>Backtests</TextLink>}
        title={`Backtest of ${formatInstant(backtest.created_at, project.timeZone)}`}
        description={describe(backtest)}
        actions={can("project.manage") ? <BacktestActions slug={project.slug} backtest={backtest} /> : null}
      />
      {result ? (
        <ResultView
          result={result}
          settings={backtest.settings}
          sentences={result.budgets.map((budget) => resultSentences(result, budget))}
          replayed={replayed(result)}
        />
      ) : (
        <Unfinished slug={project.slug} backtest={backtest} now={ctx.now} />
      )}
    </>
  );
}

function describe({ settings, created_by: by }: Backtest): string {
  const budgets = settings.budgets.map(formatCount);
  const reviews =
    budgets.length === 1 ? budgets[0] : `${budgets.slice(0, -1).join(", ")} and ${budgets.at(-1)}`;
  return `${reviews} reviews a week, ${formatCount(settings.draws)} draws, ${settings.accepted_per_year} false ${settings.accepted_per_year === 1 ? "alarm" : "alarms"} a year accepted${by ? `. Started by ${by}` : ""}.`;
}

function replayed({ history, weeks, seconds }: BacktestResult): string {
  return (
    `${formatCount(history.outputs)} outputs of which it is known whether they were right, ${formatCount(history.pilot_outputs)} of them in the pilot, ` +
    `from ${formatDay(history.first_day)} to ${formatDay(history.last_day)} (${formatCount(weeks.length)} weeks of production). ` +
    `Calculated in ${formatDuration(seconds)}.`
  );
}

function Unfinished({ slug, backtest, now }: { slug: string; backtest: Backtest; now: Date }) {
  if (backtest.state === "FAILED") {
    return (
      <Banner tone="alarm" title="This backtest has failed">
        {backtest.problem}
      </Banner>
    );
  }
  if (backtest.state === "CANCELLED") {
    return (
      <Banner title="This backtest was cancelled">It has no result. Start another one when you like.</Banner>
    );
  }
  const { result: _, ...summary } = backtest;
  return <BacktestProgress slug={slug} backtest={summary} now={now.toISOString()} />;
}
