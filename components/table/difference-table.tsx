import { accuracyRange, accuracyText } from "@/components/chart/estimate-text";
import { gapState, segmentName } from "@/components/chart/state-sentence";
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
import type { AccuracyEstimate } from "@/lib/estimate/schema";
import type { RankedDifference } from "@/lib/estimate/rank-differences";

/** Values by how they differ in some days from the rest, with the way to exactly the outputs of those days. */
export function DifferenceTable({
  ranked,
  outputsHref,
}: {
  ranked: readonly RankedDifference[];
  outputsHref: (ranked: RankedDifference) => string;
}) {
  return (
    <Table label="Values by their difference from the other days">
      <TableHead>
        <tr>
          <HeaderCell>Value</HeaderCell>
          <HeaderCell numeric>These days</HeaderCell>
          <HeaderCell numeric className="hidden sm:table-cell">
            Other days
          </HeaderCell>
          <HeaderCell numeric>Difference</HeaderCell>
          <HeaderCell numeric className="hidden md:table-cell">
            Traffic
          </HeaderCell>
          <HeaderCell className="hidden sm:table-cell">
            <span className="sr-only">Outputs</span>
          </HeaderCell>
        </tr>
      </TableHead>
      <TableBody>
        {ranked.map((each) => {
          const { segment, inside, rest, difference, insideShare, restShare } = each;
          const bare = (value: number) => formatPoints(value).replace(" points", "");
          const isClear = gapState(difference) !== "unclear";
          return (
            <TableRow key={segmentName(segment)}>
              <Cell className="max-w-56">
                <span className="block truncate text-xs text-subtle">{segment.attribute}</span>
                <TextLink href={outputsHref(each)} className="block break-words">
                  {formatSegmentValue(segment.value)}
                </TextLink>
              </Cell>
              <Reading estimate={inside} />
              <Reading estimate={rest} className="hidden sm:table-cell" />
              <Cell numeric>
                <span
                  className={cn("block whitespace-nowrap", isClear ? "font-semibold text-ink" : "text-muted")}
                >
                  {bare(difference.difference)}
                  <span className="sr-only"> points{isClear ? "" : ", no clear difference"}</span>
                </span>
                <span className="block text-xs whitespace-nowrap text-subtle">
                  {bare(difference.low)} to {bare(difference.high)}
                </span>
              </Cell>
              <Cell numeric className="hidden whitespace-nowrap text-muted md:table-cell">
                {formatDecimal(restShare * 100, 1)} → {formatPercent(insideShare)}
              </Cell>
              <Cell className="hidden text-right whitespace-nowrap sm:table-cell">
                <TextLink
                  href={outputsHref(each)}
                  aria-label={`Show the outputs with ${segmentName(segment)} of these days`}
                >
                  Show the outputs
                </TextLink>
              </Cell>
            </TableRow>
          );
        })}
      </TableBody>
    </Table>
  );
}

function Reading({ estimate, className }: { estimate: AccuracyEstimate; className?: string }) {
  return (
    <Cell numeric className={className}>
      <span className="block whitespace-nowrap">{accuracyText(estimate)}</span>
      <span className="block text-xs whitespace-nowrap text-subtle">
        {formatInterval(accuracyRange(estimate))}, {formatCount(estimate.n)}
      </span>
    </Cell>
  );
}
