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
import type { ReactNode } from "react";

import type { ChartIncident } from "@/components/chart/chart-incident";
import { Table, TableBody, TableHead } from "@/components/ui/table";
import type { Segment, SegmentRow } from "@/lib/estimate/schema";

import { SegmentTableRow } from "./segment-table-row";
import { sharedScale, shownEstimate } from "./shared-scale";
import { SortHeader } from "./sort-header";

const features = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns: { text: sortFn_text },
});
const helper = createColumnHelper<typeof features, SegmentRow>();

// Values without a number come last in both directions.
const columns = helper.columns([
  helper.accessor((row) => `${row.segment.attribute} ${row.segment.value}`, {
    id: "segment",
    sortFn: "text",
  }),
  helper.accessor((row) => shownEstimate(row)?.mean, { id: "accuracy", sortUndefined: "last" }),
  helper.accessor((row) => row.gap?.difference, { id: "gap", sortUndefined: "last" }),
  helper.accessor((row) => row.estimate?.n ?? 0, { id: "reviews" }),
  helper.accessor((row) => row.traffic_share, { id: "traffic" }),
]);

export const SEGMENT_SORTS = ["segment", "accuracy", "gap", "reviews", "traffic"] as const;
export interface SegmentSort {
  by: (typeof SEGMENT_SORTS)[number];
  descending: boolean;
}

export interface SegmentTableProps {
  rows: readonly SegmentRow[];
  overall: SegmentRow;
  current: Segment;
  sort: SegmentSort;
  onSort: (sort: SegmentSort) => void;
  onChoose: (segment: Segment) => void;
  hasPilot: boolean;
  /** Those that are not resolved, of any segment. */
  incidents: readonly ChartIncident[];
}

/** Segments with their accuracy on one scale; a press on a name shows it in the chart. */
export function SegmentTable({
  rows,
  overall,
  current,
  sort,
  onSort,
  onChoose,
  hasPilot,
  incidents,
}: SegmentTableProps) {
  const sorting: SortingState = [{ id: sort.by, desc: sort.descending }];
  const table = useTable({
    features,
    columns,
    data: rows as SegmentRow[],
    state: { sorting },
    onSortingChange: (updater) => {
      const [first] = typeof updater === "function" ? updater(sorting) : updater;
      const by = SEGMENT_SORTS.find((each) => each === first?.id);
      if (first && by) onSort({ by, descending: first.desc });
    },
    enableSortingRemoval: false,
    enableMultiSort: false,
  });
  const scale = sharedScale([overall, ...rows]);
  const withHeld = [overall, ...rows].some((each) => each.all_traffic !== null);
  const header = (
    id: (typeof SEGMENT_SORTS)[number],
    label: ReactNode,
    numeric: boolean,
    className?: string,
  ) => {
    const column = table.getColumn(id);
    return (
      <SortHeader
        sorted={column?.getIsSorted() ?? false}
        onSort={() => column?.toggleSorting()}
        numeric={numeric}
        className={className}
      >
        {label}
      </SortHeader>
    );
  };
  const row = (each: SegmentRow) => (
    <SegmentTableRow
      key={key(each.segment)}
      row={each}
      scale={scale}
      hasPilot={hasPilot}
      withHeld={withHeld}
      isCurrent={key(each.segment) === key(current)}
      incident={incidents.find(({ mark }) => key(mark.segment) === key(each.segment))}
      onChoose={onChoose}
    />
  );
  return (
    <Table label="Accuracy by segment">
      <TableHead>
        <tr>
          {header("segment", "Segment", false)}
          <th scope="col" className="hidden px-3 text-xs font-medium text-muted lg:table-cell">
            Trend
          </th>
          {header("accuracy", "Accuracy", true)}
          {withHeld ? (
            <th scope="col" className="px-3 text-right text-xs font-medium text-muted">
              All traffic
            </th>
          ) : null}
          <th scope="col" className="hidden px-3 text-xs font-medium text-muted xl:table-cell">
            95 % range
          </th>
          {hasPilot ? header("gap", "To the pilot", true) : null}
          {header("reviews", "Reviews", true, "hidden sm:table-cell")}
          {header("traffic", "Traffic", true, "hidden sm:table-cell")}
        </tr>
      </TableHead>
      <TableBody>
        {row(overall)}
        {table.getRowModel().rows.map((each) => row(each.original))}
      </TableBody>
    </Table>
  );
}

function key(segment: Segment): string {
  return `${segment.attribute}\n${segment.value}`;
}
