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

import { DocLink } from "@/components/docs/doc-link";
import { Badge } from "@/components/ui/badge";
import { TextLink } from "@/components/ui/button";
import { Explain } from "@/components/ui/explain";
import { Cell, Table, TableBody, TableHead, TableRow } from "@/components/ui/table";
import { formatCount, formatDuration, formatPercent } from "@/lib/core/format";
import type { ReviewerRow } from "@/lib/review/people-schema";

import { RateText } from "./rate-text";
import { REVIEWER_SORTS, type ReviewerSort } from "./reviewer-sort";
import { SortHeader } from "./sort-header";

const features = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns: { text: sortFn_text },
});
const helper = createColumnHelper<typeof features, ReviewerRow>();

const shareOf = (part: number, whole: number) => (whole > 0 ? part / whole : undefined);
const offered = ({ work }: ReviewerRow) => work.judged + work.handed_on;

// Values without a number come last in both directions.
const columns = helper.columns([
  helper.accessor((row) => row.name, { id: "name", sortFn: "text" }),
  helper.accessor((row) => row.work.judged, { id: "judged" }),
  helper.accessor((row) => row.work.median_seconds ?? undefined, { id: "pace", sortUndefined: "last" }),
  helper.accessor((row) => shareOf(row.work.cannot_judge + row.work.handed_on, offered(row)), {
    id: "left",
    sortUndefined: "last",
  }),
  helper.accessor((row) => row.gold.sensitivity?.mean, { id: "found", sortUndefined: "last" }),
  helper.accessor((row) => row.gold.specificity?.mean, { id: "accepted", sortUndefined: "last" }),
  helper.accessor((row) => row.others.same?.mean, { id: "others", sortUndefined: "last" }),
  helper.accessor((row) => row.repeats.same_verdict?.mean, { id: "self", sortUndefined: "last" }),
]);

const HEADERS: Readonly<Record<ReviewerSort["by"], { label: string; explain?: string; className?: string }>> =
  {
    name: { label: "Person" },
    judged: { label: "Reviews" },
    pace: {
      label: "Pace",
      explain:
        "Half of the items took longer than this, counting only time in which the page was in view and somebody was at it.",
      className: "hidden md:table-cell",
    },
    left: {
      label: "Left open",
      explain: "Items that this person said cannot be judged, or handed to somebody else.",
      className: "hidden md:table-cell",
    },
    found: {
      label: "Errors found",
      explain: "Of the known items that are wrong, the share that this person called wrong.",
    },
    accepted: {
      label: "Right accepted",
      explain: "Of the known items that are right, the share that this person called right.",
      className: "hidden sm:table-cell",
    },
    others: {
      label: "Like others",
      explain:
        "Outputs that two people judged independently: how often this person came to the other's verdict.",
      className: "hidden lg:table-cell",
    },
    self: {
      label: "Like before",
      explain: "Own old items that came again unannounced: how often the verdict was the same.",
      className: "hidden lg:table-cell",
    },
  };

/** People with what is known of how they judge; sorted by the headings. */
export function ReviewerTable({
  rows,
  sort,
  onSort,
  hrefOf,
}: {
  rows: readonly ReviewerRow[];
  sort: ReviewerSort;
  onSort: (sort: ReviewerSort) => void;
  hrefOf: (row: ReviewerRow) => string;
}) {
  const sorting: SortingState = [{ id: sort.by, desc: sort.descending }];
  const table = useTable({
    features,
    columns,
    data: rows as ReviewerRow[],
    state: { sorting },
    onSortingChange: (updater) => {
      const [first] = typeof updater === "function" ? updater(sorting) : updater;
      const by = REVIEWER_SORTS.find((each) => each === first?.id);
      if (first && by) onSort({ by, descending: first.desc });
    },
    enableSortingRemoval: false,
    enableMultiSort: false,
  });
  return (
    <Table label="Reviewers">
      <TableHead>
        <tr>
          {REVIEWER_SORTS.map((id) => {
            const { label, explain, className } = HEADERS[id];
            return (
              <SortHeader
                key={id}
                sorted={table.getColumn(id)?.getIsSorted() ?? false}
                onSort={() => table.getColumn(id)?.toggleSorting()}
                numeric={id !== "name"}
                className={className}
                explain={
                  explain ? (
                    <Explain of={label}>
                      {explain} <DocLink to="/docs/numbers#people">How people are measured</DocLink>
                    </Explain>
                  ) : undefined
                }
              >
                {label}
              </SortHeader>
            );
          })}
        </tr>
      </TableHead>
      <TableBody>
        {table.getRowModel().rows.map(({ original }) => (
          <PersonRow key={original.reviewer_id} row={original} href={hrefOf(original)} />
        ))}
      </TableBody>
    </Table>
  );
}

function PersonRow({ row, href }: { row: ReviewerRow; href: string }) {
  const { work, gold, others, repeats } = row;
  const hidden = (id: ReviewerSort["by"]) => HEADERS[id].className ?? "";
  return (
    <TableRow className="h-12">
      <Cell>
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <TextLink href={href} className="max-w-48 truncate">
            {row.name}
          </TextLink>
          {work.too_fast ? <Badge tone="warn">Very fast</Badge> : null}
        </span>
      </Cell>
      <Cell numeric>{formatCount(work.judged)}</Cell>
      <Cell numeric className={hidden("pace")}>
        <Two
          first={work.median_seconds === null ? "–" : formatDuration(work.median_seconds)}
          second={work.per_hour === null ? null : `${formatCount(work.per_hour)} an hour`}
        />
      </Cell>
      <Cell numeric className={hidden("left")}>
        <Two
          first={
            offered(row) === 0 ? "–" : formatPercent((work.cannot_judge + work.handed_on) / offered(row))
          }
          second={work.handed_on > 0 ? `${formatCount(work.handed_on)} handed on` : null}
        />
      </Cell>
      <Cell numeric>
        <RateText rate={gold.sensitivity} tooFew={gold.too_few} />
      </Cell>
      <Cell numeric className={hidden("accepted")}>
        <RateText rate={gold.specificity} tooFew={gold.too_few} />
      </Cell>
      <Cell numeric className={hidden("others")}>
        <RateText rate={others.same} tooFew={others.too_few} />
      </Cell>
      <Cell numeric className={hidden("self")}>
        <RateText rate={repeats.same_verdict} tooFew={repeats.too_few} />
      </Cell>
    </TableRow>
  );
}

function Two({ first, second }: { first: ReactNode; second: ReactNode }) {
  return (
    <>
      <span className="block whitespace-nowrap">{first}</span>
      {second ? <span className="block text-xs whitespace-nowrap text-subtle">{second}</span> : null}
    </>
  );
}
