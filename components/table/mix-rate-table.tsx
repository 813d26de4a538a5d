import type { ReactNode } from "react";

import { ContributionBar } from "@/components/chart/contribution-bar";
import { Cell, HeaderCell, Table, TableBody, TableHead, TableRow } from "@/components/ui/table";
import { formatDecimal, formatPercent, formatPoints, formatSegmentValue } from "@/lib/core/format";
import type { AccuracyGap, MixRateSplit } from "@/lib/estimate/schema";

const SHOWN = 12;

/** Totals and values with a bar each: chart and numbers in one. */
export function MixRateTable({ split }: { split: MixRateSplit }) {
  const { segments, fresh_segments: fresh } = split;
  const shown = segments.slice(0, SHOWN);
  const reach = reachOf(split);
  return (
    <Table label={`Contributions to the difference by ${split.attribute}`}>
      <TableHead>
        <tr>
          <HeaderCell>{split.attribute}</HeaderCell>
          <HeaderCell aria-label="Bars" className="hidden sm:table-cell">
            <Key />
          </HeaderCell>
          <HeaderCell numeric>Changed traffic</HeaderCell>
          <HeaderCell numeric>Changed answers</HeaderCell>
          <HeaderCell numeric className="hidden md:table-cell">
            Traffic
          </HeaderCell>
          <HeaderCell numeric className="hidden md:table-cell">
            Accuracy
          </HeaderCell>
        </tr>
      </TableHead>
      <TableBody>
        <TableRow className="font-medium">
          <Cell>All outputs</Cell>
          <Cell className="hidden sm:table-cell" />
          <Cell numeric>
            <Points {...split.mix} />
          </Cell>
          <Cell numeric>
            <Points {...split.rate} />
          </Cell>
          <Cell className="hidden md:table-cell" />
          <Cell className="hidden md:table-cell" />
        </TableRow>
        {shown.map((segment) => (
          <TableRow key={segment.value ?? "\n"}>
            <Cell className="max-w-48">
              <Name value={segment.value} merged={split.merged} />
            </Cell>
            <Cell className="hidden sm:table-cell">
              <ContributionBar
                reach={reach}
                parts={[
                  { value: segment.mix, kind: "traffic" },
                  { value: segment.rate.difference, range: segment.rate, kind: "model" },
                ]}
              />
            </Cell>
            <Cell numeric className="text-muted">
              {bare(segment.mix)}
            </Cell>
            <Cell numeric>
              <Points {...segment.rate} />
            </Cell>
            <Cell numeric className="hidden whitespace-nowrap text-muted md:table-cell">
              {change(segment.share_before, segment.share_after)}
            </Cell>
            <Cell numeric className="hidden whitespace-nowrap text-muted md:table-cell">
              {change(segment.accuracy_before, segment.accuracy_after)}
            </Cell>
          </TableRow>
        ))}
        {fresh.slice(0, SHOWN).map((segment) => (
          <TableRow key={`new ${segment.value ?? ""}`}>
            <Cell className="max-w-48">
              <Name value={segment.value} merged={split.merged} />
              <span className="block text-xs text-subtle">new since then</span>
            </Cell>
            <Cell className="hidden sm:table-cell">
              <ContributionBar
                reach={reach}
                parts={[{ value: segment.effect.difference, range: segment.effect, kind: "traffic" }]}
              />
            </Cell>
            <Cell numeric>
              <Points {...segment.effect} />
            </Cell>
            <Cell numeric className="text-subtle">
              –
            </Cell>
            <Cell numeric className="hidden whitespace-nowrap text-muted md:table-cell">
              {change(0, segment.share_after)}
            </Cell>
            <Cell numeric className="hidden whitespace-nowrap text-muted md:table-cell">
              {change(null, segment.accuracy_after)}
            </Cell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

/** Rows that the table leaves out. */
export function hiddenRows({ segments, fresh_segments: fresh }: MixRateSplit): number {
  return Math.max(0, segments.length - SHOWN) + Math.max(0, fresh.length - SHOWN);
}

/** One scale for the bars of all values; that of the totals would make most of them invisible. */
function reachOf({ segments, fresh_segments: fresh }: MixRateSplit): number {
  const ranges = [...segments.map(({ rate }) => rate), ...fresh.map(({ effect }) => effect)];
  const ends = ranges.flatMap(({ low, high }) => [Math.abs(low), Math.abs(high)]);
  return Math.max(...ends, ...segments.map(({ mix }) => Math.abs(mix)));
}

function Key(): ReactNode {
  return (
    <span className="flex gap-3 font-normal">
      <span className="flex items-center gap-1">
        <span aria-hidden="true" className="inline-block h-1.5 w-3 rounded-xs bg-[var(--chart-bar-strong)]" />
        traffic
      </span>
      <span className="flex items-center gap-1">
        <span aria-hidden="true" className="inline-block h-1.5 w-3 rounded-xs bg-[var(--chart-line)]" />
        answers
      </span>
    </span>
  );
}

function Name({ value, merged }: { value: string | null; merged: readonly string[] }) {
  if (value !== null) return <span className="block break-words">{formatSegmentValue(value)}</span>;
  return (
    <>
      <span className="block">Rare values</span>
      <span className="block truncate text-xs text-subtle" title={merged.join(", ")}>
        {merged.length} with fewer than 5 reviews
      </span>
    </>
  );
}

/** Grey as long as the range holds zero. */
function Points({ difference, low, high }: AccuracyGap) {
  const clear = low > 0 || high < 0;
  return (
    <>
      <span className={clear ? "block whitespace-nowrap text-ink" : "block whitespace-nowrap text-muted"}>
        {bare(difference)}
      </span>
      <span className="block text-xs whitespace-nowrap text-subtle">
        {bare(low)} to {bare(high)}
      </span>
    </>
  );
}

function bare(difference: number): string {
  return formatPoints(difference).replace(" points", "");
}

/** "29.1 → 31.0 %" */
function change(before: number | null, after: number | null): string {
  const text = (value: number | null) => (value === null ? "–" : formatDecimal(value * 100, 1));
  return after === null && before === null
    ? "–"
    : `${text(before)} → ${after === null ? "–" : formatPercent(after)}`;
}
