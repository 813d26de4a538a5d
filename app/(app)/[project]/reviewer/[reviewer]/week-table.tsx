import { Cell, HeaderCell, Table, TableBody, TableHead, TableRow } from "@/components/ui/table";
import { formatCount, formatDay, formatDuration } from "@/lib/core/format";
import type { ReviewerWeek } from "@/lib/review/people-schema";

/** A person's weeks, the newest first. */
export function WeekTable({ weeks }: { weeks: readonly ReviewerWeek[] }) {
  const most = Math.max(...weeks.map(({ work }) => work.judged), 1);
  return (
    <Table label="Week by week">
      <TableHead>
        <tr>
          <HeaderCell>Week of</HeaderCell>
          <HeaderCell numeric>Reviews</HeaderCell>
          <HeaderCell className="hidden w-1/4 sm:table-cell">
            <span className="sr-only">As a bar</span>
          </HeaderCell>
          <HeaderCell numeric>Pace</HeaderCell>
          <HeaderCell numeric className="hidden sm:table-cell">
            Left open
          </HeaderCell>
          <HeaderCell numeric>Known items as expected</HeaderCell>
          <HeaderCell numeric>Like others</HeaderCell>
        </tr>
      </TableHead>
      <TableBody>
        {[...weeks].reverse().map(({ start, work, ...week }) => (
          <TableRow key={start}>
            <Cell className="whitespace-nowrap">{formatDay(start)}</Cell>
            <Cell numeric>{formatCount(work.judged)}</Cell>
            <Cell className="hidden sm:table-cell" aria-hidden="true">
              <span
                className="block h-2 rounded-sm bg-[var(--chart-bar-strong)]"
                style={{ width: `${(100 * work.judged) / most}%` }}
              />
            </Cell>
            <Cell numeric>{work.median_seconds === null ? "–" : formatDuration(work.median_seconds)}</Cell>
            <Cell numeric className="hidden sm:table-cell">
              {formatCount(work.cannot_judge + work.handed_on)}
            </Cell>
            <Cell numeric>{outOf(week.gold_as_expected, week.gold_n)}</Cell>
            <Cell numeric>{outOf(week.twice_same, week.twice_n)}</Cell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function outOf(part: number, whole: number): string {
  return whole === 0 ? "–" : `${part} of ${whole}`;
}
