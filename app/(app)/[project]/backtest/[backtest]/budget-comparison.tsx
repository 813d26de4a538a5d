import { Card } from "@/components/ui/card";
import { Cell, HeaderCell, Table, TableBody, TableHead, TableRow } from "@/components/ui/table";
import type { BacktestResult, SegmentAlarms } from "@/lib/backtest/schema";
import { formatCount, formatDay, formatDecimal, formatPercent } from "@/lib/core/format";
import { segmentSentence } from "@/lib/incident/segment-part";

/** The same history with other numbers of reviews, for all outputs and for the segment in the chart. */
export function BudgetComparison({ result, at }: { result: BacktestResult; at: number }) {
  const segment = result.segments[at];
  const budgets = [...result.budgets].sort((a, b) => a.reviews_per_week - b.reviews_per_week);
  if (!segment) return null;
  const isWhole = segment.attribute === "";
  return (
    <Card title="More or fewer reviews" flush>
      <Table label="The same history with other numbers of reviews">
        <TableHead>
          <tr>
            <HeaderCell numeric>Reviews a week</HeaderCell>
            <HeaderCell numeric>All outputs</HeaderCell>
            {isWhole ? null : <HeaderCell numeric>{segmentSentence(segment)}</HeaderCell>}
            <HeaderCell numeric>False alarms a year</HeaderCell>
          </tr>
        </TableHead>
        <TableBody>
          {budgets.map((budget) => (
            <TableRow key={budget.reviews_per_week}>
              <Cell numeric className="font-medium">
                {formatCount(budget.reviews_per_week)}
              </Cell>
              <Noticed alarms={budget.segments[0]} draws={result.draws} />
              {isWhole ? null : <Noticed alarms={budget.segments[at]} draws={result.draws} />}
              <Cell numeric>{formatDecimal(budget.no_loss.per_year.mean, 2)}</Cell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Card>
  );
}

function Noticed({ alarms, draws }: { alarms: SegmentAlarms | undefined; draws: number }) {
  if (!alarms?.week) return <Cell numeric>not noticed</Cell>;
  return (
    <Cell numeric>
      <span className="block">{formatPercent(alarms.alarmed / draws, 0)}</span>
      <span className="block text-xs whitespace-nowrap text-subtle">
        half by {formatDay(alarms.week.p50, { year: false })}
      </span>
    </Cell>
  );
}
