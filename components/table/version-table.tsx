import type { ReactNode } from "react";

import { accuracyRange, accuracyText } from "@/components/chart/estimate-text";
import { FEWEST_FOR_PERCENT } from "@/components/chart/chart-rows";
import { gapState } from "@/components/chart/state-sentence";
import { TextLink } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { Cell, HeaderCell, Table, TableBody, TableHead, TableRow } from "@/components/ui/table";
import {
  formatCount,
  formatDecimal,
  formatInterval,
  formatPercent,
  formatPoints,
  formatSegmentValue,
} from "@/lib/core/format";
import type { AccuracyEstimate, AccuracyGap } from "@/lib/estimate/schema";
import type { PairedVersions, VersionComparison, VersionSegment } from "@/lib/estimate/version-schema";

/** Both versions under each way of comparing them. */
export function VersionTable({ comparison }: { comparison: VersionComparison }) {
  const { earlier, later, difference, matched, paired } = comparison;
  return (
    <Table label="Both versions">
      <TableHead>
        <tr>
          <HeaderCell>Compared</HeaderCell>
          <HeaderCell numeric>{earlier.version}</HeaderCell>
          <HeaderCell numeric>{later.version}</HeaderCell>
          <HeaderCell numeric>Difference</HeaderCell>
        </tr>
      </TableHead>
      <TableBody>
        <TableRow>
          <Cell>
            <Way name="As each was used">Each on the traffic that it had</Way>
          </Cell>
          <Accuracy estimate={earlier.estimate} withCount />
          <Accuracy estimate={later.estimate} withCount />
          <Difference gap={difference} />
        </TableRow>
        {matched ? (
          <TableRow className="font-medium">
            <Cell>
              <Way name="On the same traffic">
                The middle between both, by {matched.attribute}: what is left is the model
              </Way>
            </Cell>
            <Accuracy estimate={matched.earlier} />
            <Accuracy estimate={matched.later} />
            <Difference gap={matched.difference} />
          </TableRow>
        ) : null}
        {paired ? <Pairs paired={paired} /> : null}
      </TableBody>
    </Table>
  );
}

function Pairs({ paired }: { paired: PairedVersions }) {
  const { pairs, difference } = paired;
  const counted = (accuracy: number, alone: number) => (
    <Cell numeric>
      {difference ? <span className="block whitespace-nowrap">{formatPercent(accuracy)}</span> : null}
      <span className="block text-xs whitespace-nowrap text-subtle">{formatCount(alone)} right alone</span>
    </Cell>
  );
  return (
    <TableRow>
      <Cell>
        <Way name="On the same inputs">{formatCount(pairs)} inputs judged for both</Way>
      </Cell>
      {counted(paired.earlier, paired.only_earlier_right)}
      {counted(paired.later, paired.only_later_right)}
      <Difference gap={difference} />
    </TableRow>
  );
}

function Way({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <span className="block">{name}</span>
      <span className="hidden text-xs font-normal text-subtle sm:block">{children}</span>
    </>
  );
}

/** Each value of an attribute for both versions; the numbers of reviews lead to exactly the outputs behind them. */
export function VersionSegmentTable({
  segments,
  names,
  attribute,
  outputsHref,
}: {
  segments: readonly VersionSegment[];
  names: { earlier: string; later: string };
  attribute: string;
  outputsHref: (version: string, value: string) => string;
}) {
  return (
    <Table label={`Both versions by ${attribute}`}>
      <TableHead>
        <tr>
          <HeaderCell>{attribute}</HeaderCell>
          <HeaderCell numeric>{names.earlier}</HeaderCell>
          <HeaderCell numeric>{names.later}</HeaderCell>
          <HeaderCell numeric>Difference</HeaderCell>
          <HeaderCell numeric className="hidden sm:table-cell">
            Reviews
          </HeaderCell>
          <HeaderCell numeric className="hidden md:table-cell">
            Traffic
          </HeaderCell>
        </tr>
      </TableHead>
      <TableBody>
        {segments.map((segment) => {
          const link = (version: string, estimate: AccuracyEstimate | null) =>
            estimate ? (
              <TextLink
                href={outputsHref(version, segment.value)}
                aria-label={`${formatCount(estimate.n)} reviews of ${version}: show the outputs`}
              >
                {formatCount(estimate.n)}
              </TextLink>
            ) : (
              "0"
            );
          return (
            <TableRow key={segment.value}>
              <Cell className="max-w-48 break-words">{formatSegmentValue(segment.value)}</Cell>
              <Accuracy estimate={segment.earlier} />
              <Accuracy estimate={segment.later} />
              <Difference gap={isJudged(segment) ? segment.difference : null} />
              <Cell numeric className="hidden whitespace-nowrap text-muted sm:table-cell">
                {link(names.earlier, segment.earlier)} → {link(names.later, segment.later)}
              </Cell>
              <Cell numeric className="hidden whitespace-nowrap text-muted md:table-cell">
                {formatDecimal(segment.share_earlier * 100, 1)} → {formatPercent(segment.share_later)}
              </Cell>
            </TableRow>
          );
        })}
      </TableBody>
    </Table>
  );
}

function isJudged({ earlier, later }: VersionSegment): boolean {
  return Math.min(earlier?.n ?? 0, later?.n ?? 0) >= FEWEST_FOR_PERCENT;
}

function Accuracy({
  estimate,
  withCount = false,
}: {
  estimate: AccuracyEstimate | null;
  withCount?: boolean;
}) {
  if (!estimate || estimate.n < FEWEST_FOR_PERCENT)
    return (
      <Cell numeric className="text-subtle">
        {estimate ? `too few (${estimate.n})` : "not reviewed"}
      </Cell>
    );
  return (
    <Cell numeric>
      <span className="block whitespace-nowrap">{accuracyText(estimate)}</span>
      <span className="block text-xs font-normal whitespace-nowrap text-subtle">
        {formatInterval(accuracyRange(estimate))}
      </span>
      {withCount ? (
        <span className="block text-xs font-normal text-subtle">{formatCount(estimate.n)} reviews</span>
      ) : null}
    </Cell>
  );
}

/** Grey as long as the range holds zero. */
function Difference({ gap }: { gap: AccuracyGap | null }) {
  if (!gap)
    return (
      <Cell numeric className="text-subtle">
        –
      </Cell>
    );
  const bare = (value: number) => formatPoints(value).replace(" points", "");
  const state = gapState(gap);
  return (
    <Cell numeric>
      <span
        className={cn(
          "block whitespace-nowrap",
          state === "unclear" ? "text-muted" : "font-semibold text-ink",
        )}
      >
        <span aria-hidden="true">{state === "below" ? "▼ " : state === "above" ? "▲ " : ""}</span>
        {bare(gap.difference)}
        <span className="sr-only"> points{state === "unclear" ? ", no clear difference" : ""}</span>
      </span>
      <span className="block text-xs font-normal whitespace-nowrap text-subtle">
        {bare(gap.low)} to {bare(gap.high)}
      </span>
    </Cell>
  );
}
