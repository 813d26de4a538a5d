import { ListChecks } from "lucide-react";

import { EmptyState } from "@/components/ui/empty-state";
import { Cell, HeaderCell, Table, TableBody, TableHead, TableRow } from "@/components/ui/table";
import { formatCount, formatDay, formatInstant } from "@/lib/core/format";
import type { PlanRow } from "@/lib/review/queue-plan";

/** Reviews that the plan counts on, by week and stratum. */
export function PlanTable({ rows, timeZone }: { rows: readonly PlanRow[]; timeZone: string }) {
  if (rows.length === 0)
    return (
      <EmptyState icon={<ListChecks aria-hidden="true" />} title="Nothing has been drawn yet">
        As soon as outputs arrive, a random part of them is drawn for review.
      </EmptyState>
    );
  const strata = rows.some((row) => row.stratum !== "");
  return (
    <Table label="What the plan counts on">
      <TableHead>
        <tr>
          <HeaderCell>Week of</HeaderCell>
          {strata ? <HeaderCell>Stratum</HeaderCell> : null}
          <HeaderCell>In order</HeaderCell>
          <HeaderCell numeric>Done</HeaderCell>
          <HeaderCell numeric>Due</HeaderCell>
          <HeaderCell numeric className="hidden sm:table-cell">
            Overdue
          </HeaderCell>
          <HeaderCell numeric className="hidden md:table-cell">
            Missed
          </HeaderCell>
          <HeaderCell className="hidden lg:table-cell">First served until</HeaderCell>
        </tr>
      </TableHead>
      <TableBody>
        {rows.map((row, at) => (
          <TableRow key={`${row.week}:${row.stratum}`}>
            <Cell className="whitespace-nowrap">
              {rows[at - 1]?.week === row.week ? (
                <span className="sr-only">{formatDay(row.week)}</span>
              ) : (
                formatDay(row.week)
              )}
            </Cell>
            {strata ? (
              <Cell className="max-w-40 truncate sm:max-w-64" title={row.stratum}>
                {row.stratum || "all"}
              </Cell>
            ) : null}
            <Cell>
              <Prefix row={row} />
            </Cell>
            <Cell numeric>{formatCount(row.done)}</Cell>
            <Cell numeric>{formatCount(row.due)}</Cell>
            <Cell numeric className={`hidden sm:table-cell ${row.overdue > 0 ? "text-warn-ink" : ""}`}>
              {formatCount(row.overdue)}
            </Cell>
            <Cell numeric className="hidden md:table-cell">
              {formatCount(row.missed)}
            </Cell>
            <Cell className="hidden whitespace-nowrap text-muted lg:table-cell">
              {row.servedUntil ? formatInstant(row.servedUntil, timeZone) : "–"}
            </Cell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function Prefix({ row: { prefix, planned } }: { row: PlanRow }) {
  const share = planned === 0 ? 1 : prefix / planned;
  return (
    <span className="flex items-center gap-2 whitespace-nowrap tabular">
      <span aria-hidden="true" className="hidden h-1.5 w-16 overflow-hidden rounded-full bg-hover sm:block">
        <span
          className="block h-full rounded-full bg-accent"
          style={{ width: `${Math.round(share * 100)}%` }}
        />
      </span>
      {formatCount(prefix)} of {formatCount(planned)}
    </span>
  );
}
