"use client";

import { useQueryStates } from "nuqs";

import { AlarmFigure } from "@/components/chart/alarm-figure";
import { alarmScale, alarmWeeks } from "@/components/chart/alarm-scale";
import { type BacktestRow, BacktestTable } from "@/components/table/backtest-table";
import { Card } from "@/components/ui/card";
import { Segmented } from "@/components/ui/segmented";
import type { ResultSentences } from "@/lib/backtest/result-sentences";
import type { BacktestResult, BacktestSettings } from "@/lib/backtest/schema";
import { formatCount } from "@/lib/core/format";
import { segmentSentence } from "@/lib/incident/segment-part";

import { Assumptions } from "./assumptions";
import { BudgetComparison } from "./budget-comparison";
import { FalseAlarms } from "./false-alarms";
import { viewState } from "./view-state";

/** A result with its choices: which number of reviews, which segment in the chart, which order. */
export function ResultView({
  result,
  settings,
  sentences,
  replayed,
}: {
  result: BacktestResult;
  settings: BacktestSettings;
  /** One for each number of reviews. */
  sentences: readonly ResultSentences[];
  replayed: string;
}) {
  const [view, setView] = useQueryStates(viewState);
  const at = result.budgets[view.budget] ? view.budget : 0;
  const budget = result.budgets[at];
  const said = sentences[at];
  if (!budget || !said) return null;
  const rows = result.segments.flatMap((segment, index): BacktestRow[] => {
    const alarms = budget.segments[index];
    return alarms ? [{ segment, alarms, weeks: alarmWeeks(result.weeks, segment, alarms.week_alarms) }] : [];
  });
  const current =
    rows.find(({ segment }) => segmentSentence(segment) === view.segment) ?? rows[said.clearest] ?? rows[0];
  const min = Math.min(...rows.map(({ weeks, segment }) => alarmScale(weeks, [segment.boundary]).min));
  return (
    <div className="flex flex-col gap-4">
      <Card
        title={`With ${formatCount(budget.reviews_per_week)} reviews a week`}
        description={replayed}
        actions={
          result.budgets.length > 1 ? (
            <Segmented
              label="Reviews a week"
              value={String(at)}
              onChange={(next) => setView({ budget: Number(next) || null })}
              options={result.budgets.map((each, index) => ({
                value: String(index),
                label: formatCount(each.reviews_per_week),
              }))}
            />
          ) : null
        }
      >
        <div className="flex max-w-4xl flex-col gap-2 text-base text-ink text-pretty">
          {said.findings.map((finding) => (
            <p key={finding}>{finding}</p>
          ))}
        </div>
      </Card>
      <FalseAlarms budget={budget} sentences={said} draws={result.draws} settings={settings} />
      {current ? (
        <Card
          title={segmentSentence(current.segment)}
          description={`Accuracy by week, and when ${formatCount(current.alarms.alarmed)} of ${formatCount(result.draws)} draws noticed a loss first.`}
        >
          <AlarmFigure
            name={segmentSentence(current.segment)}
            weeks={current.weeks}
            boundary={current.segment.boundary}
            pilot={current.segment.pilot?.accuracy ?? null}
            draws={result.draws}
          />
        </Card>
      ) : null}
      <Card
        title="Every watched segment"
        description="Half of the draws that noticed the loss had done so by the week named, after so many reviews since production began; the small print holds a tenth and nine tenths. Choose one to see it in the chart."
        flush
        footer={
          result.left_out > 0
            ? `${formatCount(result.left_out)} segments with little or no traffic are not listed.`
            : null
        }
      >
        <BacktestTable
          rows={rows}
          draws={result.draws}
          min={min}
          current={current}
          sort={{ by: view.sort, descending: view.order === "desc" }}
          onSort={({ by, descending }) => setView({ sort: by, order: descending ? "desc" : "asc" })}
          onChoose={(segment) => setView({ segment: segmentSentence(segment) })}
        />
      </Card>
      {result.budgets.length > 1 && current ? (
        <BudgetComparison result={result} at={rows.indexOf(current)} />
      ) : null}
      <Assumptions result={result} settings={settings} />
    </div>
  );
}
