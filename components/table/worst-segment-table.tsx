import { IntervalWhisker } from "@/components/chart/interval-whisker";
import { TextLink } from "@/components/ui/button";
import { Cell, HeaderCell, Table, TableBody, TableHead, TableRow } from "@/components/ui/table";
import {
  formatCount,
  formatDecimal,
  formatInterval,
  formatPercent,
  formatRough,
  formatSegmentValue,
} from "@/lib/core/format";
import { type SegmentPart, segmentParts } from "@/lib/incident/segment-part";
import type { WorstSegment } from "@/lib/monitor/worst-segments-schema";

/** Segments below the boundary, the most surely worse first. */
export function WorstSegmentTable({
  findings,
  hrefOf,
}: {
  findings: readonly WorstSegment[];
  /** Where a segment is looked at. */
  hrefOf: (segment: SegmentPart) => string;
}) {
  const lowest = Math.min(...findings.map(({ low }) => low));
  const scale = {
    min: Math.max(0, Math.floor(lowest * 20) / 20),
    max: Math.max(...findings.flatMap(({ high, boundary }) => [high, boundary])),
  };
  return (
    <Table label="Segments that are worse than promised">
      <TableHead>
        <tr>
          <HeaderCell>Segment</HeaderCell>
          <HeaderCell numeric>Accuracy</HeaderCell>
          <HeaderCell className="hidden xl:table-cell">Range and boundary</HeaderCell>
          <HeaderCell numeric className="hidden md:table-cell">
            Boundary
          </HeaderCell>
          <HeaderCell numeric className="hidden md:table-cell">
            In the pilot
          </HeaderCell>
          <HeaderCell numeric className="hidden sm:table-cell">
            Traffic
          </HeaderCell>
          <HeaderCell numeric>It takes</HeaderCell>
          <HeaderCell numeric className="hidden sm:table-cell">
            Reviews
          </HeaderCell>
          <HeaderCell numeric className="hidden lg:table-cell">
            How sure
          </HeaderCell>
        </tr>
      </TableHead>
      <TableBody>
        {findings.map((finding) => (
          <TableRow key={`${finding.segment.attribute}\n${finding.segment.value}`}>
            <Cell className="max-w-56 min-w-36">
              <TextLink href={hrefOf(finding.segment)} className="break-words">
                <SegmentLines segment={finding.segment} />
              </TextLink>
            </Cell>
            <Cell numeric>
              <span className="block font-medium">{formatPercent(finding.accuracy)}</span>
              <span className="block text-xs whitespace-nowrap text-subtle">{formatInterval(finding)}</span>
            </Cell>
            <Cell className="hidden xl:table-cell">
              <IntervalWhisker
                estimate={{ mean: finding.accuracy, ...finding }}
                pilot={finding.boundary}
                {...scale}
              />
            </Cell>
            <Cell numeric className="hidden text-muted md:table-cell">
              {formatPercent(finding.boundary)}
            </Cell>
            <Cell numeric className="hidden text-muted md:table-cell">
              {finding.pilot === null ? "–" : formatPercent(finding.pilot)}
            </Cell>
            <Cell numeric className="hidden text-muted sm:table-cell">
              {formatPercent(finding.traffic_share, finding.traffic_share < 0.1 ? 1 : 0)}
            </Cell>
            <Cell numeric className="whitespace-nowrap">
              {pointsTaken(finding.impact)}
            </Cell>
            <Cell numeric className="hidden text-muted sm:table-cell">
              {formatCount(finding.reviews)}
            </Cell>
            <Cell numeric className="hidden whitespace-nowrap text-muted lg:table-cell">
              {surenessText(finding.false_share)}
            </Cell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

/** A pair stands in two lines. */
function SegmentLines({ segment }: { segment: SegmentPart }) {
  return (
    <>
      {segmentParts(segment).map(({ attribute, value }) => (
        <span key={attribute} className="block">
          <span className="text-xs text-subtle">{attribute}</span>{" "}
          <span className="font-medium">{formatSegmentValue(value)}</span>
        </span>
      ))}
    </>
  );
}

/** Of the accuracy of all outputs; a range that only just misses the boundary can round to nothing. */
function pointsTaken(impact: number): string {
  const points = Math.max(0, impact * 100);
  return points < 0.05 ? "under 0.1 points" : `${formatDecimal(points, 1)} points`;
}

/** 0.0004 → "wrong at most 1 in 2,500": how many of such findings are false. */
function surenessText(falseShare: number): string {
  if (falseShare <= 1e-6) return "wrong under 1 in a million";
  return `wrong at most 1 in ${formatRough(Math.floor(1 / falseShare))}`;
}
