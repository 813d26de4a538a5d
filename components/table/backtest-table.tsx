"use client";

import {
  createColumnHelper,
  createSortedRowModel,
  rowSortingFeature,
  sortFn_text,
  type SortingState,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";
import { Check } from "lucide-react";
import type { ReactNode } from "react";

import { AlarmStrip } from "@/components/chart/alarm-strip";
import type { AlarmWeek } from "@/components/chart/alarm-scale";
import { cn } from "@/components/ui/class-names";
import { Cell, Table, TableBody, TableHead, TableRow } from "@/components/ui/table";
import type { BacktestSegment, SegmentAlarms } from "@/lib/backtest/schema";
import { formatCount, formatDay, formatPercent } from "@/lib/core/format";
import { segmentSentence } from "@/lib/incident/segment-part";

import { SortHeader } from "./sort-header";

/** One watched segment with what the draws said about it. */
export interface BacktestRow {
  segment: BacktestSegment;
  alarms: SegmentAlarms;
  weeks: readonly AlarmWeek[];
}

const features = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns: { text: sortFn_text },
});
const helper = createColumnHelper<typeof features, BacktestRow>();

// Values without a number come last in both directions.
const columns = helper.columns([
  helper.accessor(({ segment }) => segmentSentence(segment), { id: "segment", sortFn: "text" }),
  helper.accessor(({ segment }) => segment.accuracy ?? undefined, { id: "accuracy", sortUndefined: "last" }),
  helper.accessor(({ alarms }) => alarms.alarmed, { id: "noticed" }),
  helper.accessor(({ alarms }) => alarms.week?.p50, { id: "week", sortFn: "text", sortUndefined: "last" }),
  helper.accessor(({ alarms }) => alarms.reviews?.p50, { id: "reviews", sortUndefined: "last" }),
  helper.accessor(({ alarms }) => alarms.false_draws, { id: "false" }),
]);

export const BACKTEST_SORTS = ["segment", "accuracy", "noticed", "week", "reviews", "false"] as const;
export interface BacktestSort {
  by: (typeof BACKTEST_SORTS)[number];
  descending: boolean;
}

/** When each segment's loss would have been noticed; a press on a name shows it in the chart. */
export function BacktestTable({
  rows,
  draws,
  min,
  current,
  sort,
  onSort,
  onChoose,
}: {
  rows: readonly BacktestRow[];
  draws: number;
  /** Lowest accuracy on the axis of all rows. */
  min: number;
  current: BacktestRow | undefined;
  sort: BacktestSort;
  onSort: (sort: BacktestSort) => void;
  onChoose: (segment: BacktestSegment) => void;
}) {
  const sorting: SortingState = [{ id: sort.by, desc: sort.descending }];
  const table = useTable({
    features,
    columns,
    data: rows as BacktestRow[],
    state: { sorting },
    onSortingChange: (updater) => {
      const [first] = typeof updater === "function" ? updater(sorting) : updater;
      const by = BACKTEST_SORTS.find((each) => each === first?.id);
      if (first && by) onSort({ by, descending: first.desc });
    },
    enableSortingRemoval: false,
    enableMultiSort: false,
  });
  const header = (id: (typeof BACKTEST_SORTS)[number], label: ReactNode, className?: string) => {
    const column = table.getColumn(id);
    return (
      <SortHeader
        sorted={column?.getIsSorted() ?? false}
        onSort={() => column?.toggleSorting()}
        numeric={id !== "segment"}
        className={className}
      >
        {label}
      </SortHeader>
    );
  };
  return (
    <Table label="When each segment's loss would have been noticed">
      <TableHead>
        <tr>
          {header("segment", "Segment")}
          <th scope="col" className="hidden px-3 text-xs font-medium text-muted xl:table-cell">
            Accuracy and alarms by week
          </th>
          {header("accuracy", "Accuracy", "hidden sm:table-cell")}
          {header("noticed", "Noticed")}
          {header("week", "By the week of")}
          {header("reviews", "Reviews of it", "hidden md:table-cell")}
          {header("false", "False alarms", "hidden lg:table-cell")}
        </tr>
      </TableHead>
      <TableBody>
        {table.getRowModel().rows.map(({ original }) => (
          <Row
            key={segmentSentence(original.segment)}
            row={original}
            draws={draws}
            min={min}
            isCurrent={original === current}
            onChoose={onChoose}
          />
        ))}
      </TableBody>
    </Table>
  );
}

function Row({
  row: { segment, alarms, weeks },
  draws,
  min,
  isCurrent,
  onChoose,
}: {
  row: BacktestRow;
  draws: number;
  min: number;
  isCurrent: boolean;
  onChoose: (segment: BacktestSegment) => void;
}) {
  return (
    <TableRow className={cn("h-12", isCurrent && "bg-accent-soft/60 hover:bg-accent-soft/80")}>
      <Cell>
        <button
          type="button"
          aria-pressed={isCurrent}
          onClick={() => onChoose(segment)}
          className="flex min-h-8 max-w-56 min-w-0 items-center gap-1.5 rounded-sm text-left hover:text-accent-ink"
        >
          <span className="min-w-0 font-medium text-balance">{segmentSentence(segment)}</span>
          {isCurrent ? (
            <Check aria-label="shown in the chart" className="size-3.5 shrink-0 text-accent-ink" />
          ) : null}
        </button>
      </Cell>
      <Cell className="hidden xl:table-cell">
        <AlarmStrip weeks={weeks} min={min} boundary={segment.boundary} />
      </Cell>
      <Cell numeric className="hidden sm:table-cell">
        <span className="block">{segment.accuracy === null ? "–" : formatPercent(segment.accuracy)}</span>
        <span className="block text-xs whitespace-nowrap text-subtle">
          {segment.pilot ? `pilot ${formatPercent(segment.pilot.accuracy)}` : "no pilot"}
        </span>
      </Cell>
      <Cell numeric>
        <span className="block font-medium">
          {formatPercent(alarms.alarmed / draws, alarms.alarmed === draws || alarms.alarmed === 0 ? 0 : 1)}
        </span>
        <span className="block text-xs whitespace-nowrap text-subtle">
          {formatCount(alarms.alarmed)} of {formatCount(draws)}
        </span>
      </Cell>
      <Cell numeric>
        <WeekRange week={alarms.week} />
      </Cell>
      <Cell numeric className="hidden md:table-cell">
        {alarms.reviews && alarms.all_reviews ? (
          <>
            <span className="block">{formatCount(alarms.reviews.p50)}</span>
            <span className="block text-xs whitespace-nowrap text-subtle">
              of {formatCount(alarms.all_reviews.p50)} in all
            </span>
          </>
        ) : (
          <span className="text-subtle">–</span>
        )}
      </Cell>
      <Cell numeric className="hidden text-muted lg:table-cell">
        {alarms.false_draws === 0 ? "none" : `in ${formatCount(alarms.false_draws)}`}
      </Cell>
    </TableRow>
  );
}

/** Half of the draws that noticed it had done so by then; a tenth and nine tenths beneath. */
function WeekRange({ week }: { week: SegmentAlarms["week"] }) {
  if (!week) return <span className="text-subtle">–</span>;
  const day = (text: string) => formatDay(text, { year: false });
  return (
    <>
      <span className="block whitespace-nowrap">{formatDay(week.p50)}</span>
      <span className="block text-xs whitespace-nowrap text-subtle">
        {day(week.p10)} to {day(week.p90)}
      </span>
    </>
  );
}
