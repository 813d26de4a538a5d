import { TextLink } from "@/components/ui/button";
import { Cell, HeaderCell, Table, TableBody, TableHead, TableRow } from "@/components/ui/table";
import { formatCount, formatInterval, formatPercent, formatPoints } from "@/lib/core/format";
import { joinSegment, type SegmentPart, segmentParts, segmentSentence } from "@/lib/incident/segment-part";
import type { WorstSegments } from "@/lib/monitor/worst-segments-schema";

const SHOWN = 6;

/** The parts of an incident's segment that are worst, and what cannot be told. */
export function InsideFindings({
  worst,
  within,
  hrefOf,
}: {
  worst: WorstSegments;
  within: SegmentPart;
  /** Address of exactly the outputs of a part. */
  hrefOf: (segment: SegmentPart) => string;
}) {
  const findings = worst.findings.slice(0, SHOWN);
  return (
    <>
      {findings.length > 0 ? (
        <Table label="Parts that are worst">
          <TableHead>
            <tr>
              <HeaderCell>Part</HeaderCell>
              <HeaderCell numeric>Accuracy</HeaderCell>
              <HeaderCell numeric className="hidden sm:table-cell">
                Reviews
              </HeaderCell>
              <HeaderCell numeric className="hidden sm:table-cell">
                {segmentParts(within).length > 0 ? "Part of it" : "Of all outputs"}
              </HeaderCell>
              <HeaderCell numeric>It takes</HeaderCell>
            </tr>
          </TableHead>
          <TableBody>
            {findings.map((finding) => (
              <TableRow key={`${finding.segment.attribute}\n${finding.segment.value}`}>
                <Cell className="max-w-48 sm:max-w-80">
                  <TextLink href={hrefOf(finding.segment)} className="break-words">
                    {segmentSentence(ownParts(finding.segment, within))}
                  </TextLink>
                </Cell>
                <Cell numeric>
                  <span className="block font-medium">{formatPercent(finding.accuracy)}</span>
                  <span className="block text-xs whitespace-nowrap text-subtle">
                    {formatInterval(finding)}
                  </span>
                </Cell>
                <Cell numeric className="hidden text-muted sm:table-cell">
                  {formatCount(finding.reviews)}
                </Cell>
                <Cell numeric className="hidden text-muted sm:table-cell">
                  {formatPercent(finding.traffic_share, finding.traffic_share < 0.1 ? 1 : 0)}
                </Cell>
                <Cell numeric className="whitespace-nowrap text-muted">
                  {formatPoints(-Math.max(0, finding.impact))}
                </Cell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      ) : (
        <p className="px-4 pb-4 text-sm text-muted">
          {worst.searched > 0
            ? `None of the ${formatCount(worst.searched)} parts with enough reviews stands out: it may be everywhere in it.`
            : "No part of it has enough reviews yet to be judged by itself."}
        </p>
      )}
      <ThinParts worst={worst} />
    </>
  );
}

/** What cannot be told must not look like calm. */
function ThinParts({ worst: { thin, thin_by_attribute: byAttribute } }: { worst: WorstSegments }) {
  if (thin.length === 0 && byAttribute.length === 0) return null;
  const counted = byAttribute.map(
    ({ attribute, values, traffic_share: share }) =>
      `${formatCount(values)} of ${attribute} (${formatPercent(share, 0)} of the traffic)`,
  );
  const text = counted.length > 0 ? counted.join(", ") : `${formatCount(thin.length)} values`;
  return (
    <p className="border-t border-line px-4 py-2.5 text-xs text-subtle">
      Not enough reviews to judge: {text}.
    </p>
  );
}

/** Without what every part has in common. */
function ownParts(segment: SegmentPart, within: SegmentPart): SegmentPart {
  const common = new Set(segmentParts(within).map((part) => JSON.stringify([part.attribute, part.value])));
  const own = segmentParts(segment).filter(
    (part) => !common.has(JSON.stringify([part.attribute, part.value])),
  );
  return own.length > 0 ? joinSegment(own) : segment;
}
