import { useState } from "react";

import { cn } from "@/components/ui/class-names";
import { Banner } from "@/components/ui/banner";
import { Button, LinkButton } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Cell, HeaderCell, Table, TableBody, TableHead, TableRow } from "@/components/ui/table";
import { formatCount, formatFew, formatPercent, formatRough, formatWeeks } from "@/lib/core/format";
import { segmentSentence } from "@/lib/incident/segment-part";
import type { MonitorMeaning, WatchedSegment } from "@/lib/monitor/schema";

import { supportWords } from "./monitor-words";

/** With one more there would be nothing to fold away. */
const SHOWN_AT_ONCE = 16;

interface MonitorMeaningProps {
  slug: string;
  meaning: MonitorMeaning;
  problem: string | null;
  pending: boolean;
  changed: boolean;
}

/** Boundary and time to find a drop, for all outputs and for each segment. */
export function MonitorMeaningCard({ slug, meaning, problem, pending, changed }: MonitorMeaningProps) {
  const { overall, rows } = meaning;
  return (
    <Card
      flush
      title={changed ? "What this change would mean" : "What this means"}
      description={basis(meaning.days)}
      footer={overall ? footer(meaning) : null}
    >
      <div
        aria-live="polite"
        aria-busy={pending}
        className={cn("transition-opacity", pending && "opacity-60")}
      >
        {problem ? <p className="px-4 pb-3 text-sm text-alarm-ink">{problem}</p> : null}
        <Warnings slug={slug} meaning={meaning} />
        {overall ? <SegmentTable rows={[overall, ...rows]} /> : null}
      </div>
    </Card>
  );
}

function basis(days: number): string {
  if (days === 0) return "No outputs have come yet, so this rests on the number expected.";
  return days === 1
    ? "At the present sampling plan, for traffic like that of the day seen so far."
    : `At the present sampling plan, for traffic like that of the last ${days} days.`;
}

function footer({ fewest_own: fewest, left_out: leftOut }: MonitorMeaning): string {
  const more = leftOut > 0 ? ` ${formatCount(leftOut)} more segments with less traffic are watched too.` : "";
  return `On average after so long; a drop is counted from the pilot's accuracy. A segment has a boundary of its own from ${fewest} judged pilot outputs on; the others are held against the common one.${more}`;
}

function Warnings({ slug, meaning }: { slug: string; meaning: MonitorMeaning }) {
  const support = supportWords(meaning.support);
  if (!meaning.overall) {
    return (
      <div className="px-4 pb-4">
        <Banner
          tone="warn"
          title="Nothing to compare with yet"
          actions={<LinkButton href={`/${slug}/accuracy`}>Accuracy page</LinkButton>}
        >
          Judge at least {meaning.fewest_pilot} outputs of the pilot (outputs sent with phase “pilot”; those
          that come with their truth count at once), better 300. Or choose “A promised accuracy”: then
          monitoring needs no pilot.
        </Banner>
      </div>
    );
  }
  if (!support) return null;
  return (
    <div className="px-4 pb-4">
      <Banner
        tone="warn"
        title="The pilot is too small for an alarm at a drop of 5 points"
        actions={<LinkButton href={`/${slug}/setting/planner`}>Plan reviews</LinkButton>}
      >
        {support} Have more of the pilot judged and freeze the baseline again; 300 labels are a start, 1,000
        are good.
      </Banner>
    </div>
  );
}

function SegmentTable({ rows }: { rows: readonly WatchedSegment[] }) {
  const [all, setAll] = useState(false);
  const hidden = all ? 0 : rows.length - SHOWN_AT_ONCE;
  return (
    <>
      <SegmentRows rows={hidden > 0 ? rows.slice(0, SHOWN_AT_ONCE) : rows} />
      {hidden > 0 ? (
        <div className="border-t border-line px-2 py-1.5">
          <Button variant="ghost" size="sm" onClick={() => setAll(true)}>
            Show {hidden} more segments
          </Button>
        </div>
      ) : null}
    </>
  );
}

function SegmentRows({ rows }: { rows: readonly WatchedSegment[] }) {
  return (
    <Table label="Boundary and time to find a drop, by segment">
      <TableHead>
        <tr>
          <HeaderCell>Segment</HeaderCell>
          <HeaderCell numeric>Boundary</HeaderCell>
          <HeaderCell numeric className="max-sm:pr-4">
            10 points
          </HeaderCell>
          <HeaderCell numeric className="hidden sm:table-cell">
            5 points
          </HeaderCell>
        </tr>
      </TableHead>
      <TableBody>
        {rows.map((row) => (
          <TableRow key={`${row.attribute}\n${row.value}`}>
            <Cell
              className="max-w-32 font-medium break-words sm:max-w-56 sm:truncate"
              title={segmentSentence(row)}
            >
              {segmentSentence(row)}
              <span className="block text-xs font-normal text-subtle">
                {formatFew(row.reviews_per_week)} reviews a week
              </span>
            </Cell>
            <Cell numeric className="whitespace-nowrap">
              {formatPercent(row.boundary)}
              <span className="block text-xs text-subtle">
                {row.own || row.attribute === ""
                  ? `pilot of ${formatCount(row.pilot_reviews)}`
                  : "the common one"}
              </span>
            </Cell>
            <DetectionCell row={row} at={0} className="max-sm:pr-4" />
            <DetectionCell row={row} at={1} className="hidden sm:table-cell" />
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function DetectionCell({ row, at, className }: { row: WatchedSegment; at: number; className?: string }) {
  const { reviews, weeks } = row.detections[at] ?? { reviews: null, weeks: null };
  return (
    <Cell numeric className={cn("whitespace-nowrap text-muted", className)}>
      {reviews === null ? (
        "no alarm"
      ) : (
        <>
          {weeks === null ? "–" : formatWeeks(weeks)}
          <span className="block text-xs text-subtle">{formatRough(reviews.mean)} reviews</span>
        </>
      )}
    </Cell>
  );
}
