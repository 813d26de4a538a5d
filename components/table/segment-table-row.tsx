"use client";

import { Check, TriangleAlert } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";

import type { ChartIncident } from "@/components/chart/chart-incident";
import { accuracyRange, accuracyText } from "@/components/chart/estimate-text";
import { IntervalWhisker } from "@/components/chart/interval-whisker";
import { Sparkline } from "@/components/chart/sparkline";
import { gapState } from "@/components/chart/state-sentence";
import { figureText } from "@/components/chart/traffic-words";
import { STANDING_LOOK } from "@/components/incident/incident-badge";
import { cn } from "@/components/ui/class-names";
import { Cell, TableRow } from "@/components/ui/table";
import {
  formatCount,
  formatInterval,
  formatPercent,
  formatPoints,
  formatSegmentValue,
} from "@/lib/core/format";
import type { Segment, SegmentRow } from "@/lib/estimate/schema";
import { segmentSentence } from "@/lib/incident/segment-part";

import { shownEstimate } from "./shared-scale";

export function SegmentTableRow({
  row,
  scale,
  hasPilot,
  withHeld,
  isCurrent,
  incident,
  onChoose,
}: {
  row: SegmentRow;
  scale: { min: number; max: number };
  hasPilot: boolean;
  /** Something of a segment is in quarantine: what that does to each stands beside its accuracy. */
  withHeld: boolean;
  isCurrent: boolean;
  /** One that is not resolved. */
  incident: ChartIncident | undefined;
  onChoose: (segment: Segment) => void;
}) {
  const estimate = shownEstimate(row);
  const pilot = row.pilot?.mean;
  const isOverall = row.segment.attribute === "";
  return (
    <TableRow
      className={cn(
        "h-12",
        isCurrent && "bg-accent-soft/60 hover:bg-accent-soft/80",
        isOverall && "font-medium",
      )}
    >
      <Cell>
        <span className="flex items-center gap-1.5">
          <button
            type="button"
            aria-pressed={isCurrent}
            onClick={() => onChoose(row.segment)}
            className="flex min-h-8 max-w-56 min-w-0 items-center gap-1.5 rounded-sm text-left hover:text-accent-ink"
          >
            <span className="min-w-0">
              {isOverall ? (
                "All outputs"
              ) : (
                <>
                  <span className="block truncate text-xs font-normal text-subtle">
                    {row.segment.attribute}
                  </span>
                  <span className="block truncate font-medium">{formatSegmentValue(row.segment.value)}</span>
                </>
              )}
            </span>
            {isCurrent ? (
              <Check aria-label="shown in the chart" className="size-3.5 shrink-0 text-accent-ink" />
            ) : null}
          </button>
          {incident ? <IncidentLink incident={incident} /> : null}
        </span>
      </Cell>
      <Cell className="hidden lg:table-cell">
        <Sparkline points={row.spark} min={scale.min} max={scale.max} pilot={pilot} />
      </Cell>
      <Cell numeric>
        {estimate ? (
          <>
            <span className="block font-medium whitespace-nowrap">{accuracyText(estimate)}</span>
            <span className="block text-xs whitespace-nowrap text-subtle">
              {formatInterval(accuracyRange(estimate))}
            </span>
          </>
        ) : (
          <span className="text-subtle">{row.estimate ? "too few" : "not reviewed"}</span>
        )}
      </Cell>
      {withHeld ? (
        <Cell numeric>
          <AllTraffic row={row} />
        </Cell>
      ) : null}
      <Cell className="hidden xl:table-cell">
        <IntervalWhisker
          estimate={estimate && { ...estimate, ...accuracyRange(estimate) }}
          pilot={pilot}
          min={scale.min}
          max={scale.max}
        />
      </Cell>
      {hasPilot ? (
        <Cell numeric>
          <GapText row={row} />
        </Cell>
      ) : null}
      <Cell numeric className="hidden text-muted sm:table-cell">
        {formatCount(row.estimate?.n ?? 0)}
      </Cell>
      <Cell numeric className="hidden text-muted sm:table-cell">
        {formatPercent(row.traffic_share, row.traffic_share < 0.1 ? 1 : 0)}
      </Cell>
    </TableRow>
  );
}

/** With what is in quarantine; a dash where nothing of the segment is. */
function AllTraffic({ row: { all_traffic: all } }: { row: SegmentRow }) {
  if (!all) return <span className="text-subtle">–</span>;
  const { value, detail } = figureText(all.estimate);
  return (
    <>
      <span className="block whitespace-nowrap">{value === "–" ? detail : value}</span>
      <span className="block text-xs whitespace-nowrap text-subtle">
        {formatCount(Math.round(all.held))} in quarantine
      </span>
    </>
  );
}

/** A sign that leads to the segment's incident: in the colour of an alarm while it asks for attention. */
function IncidentLink({ incident: { mark, href } }: { incident: ChartIncident }) {
  const label = `${STANDING_LOOK[mark.standing].label} incident of ${segmentSentence(mark.segment)}`;
  return (
    <Link
      href={href as Route}
      prefetch={false}
      title={label}
      aria-label={label}
      className={cn(
        "grid size-7 shrink-0 place-items-center rounded-md hover:bg-hover",
        mark.standing === "muted" ? "text-subtle" : "text-alarm-ink",
      )}
    >
      <TriangleAlert aria-hidden="true" className="size-4" />
    </Link>
  );
}

/** Grey as long as the range holds zero; bold with a word for screen readers when it does not. */
function GapText({ row }: { row: SegmentRow }) {
  if (!row.gap || !shownEstimate(row)) return <span className="text-subtle">–</span>;
  const state = gapState(row.gap);
  const clear = state !== "unclear";
  return (
    <>
      <span className={cn("block whitespace-nowrap", clear ? "font-semibold text-ink" : "text-muted")}>
        {state === "below" ? (
          <span aria-hidden="true">▼ </span>
        ) : state === "above" ? (
          <span aria-hidden="true">▲ </span>
        ) : null}
        {formatPoints(row.gap.difference).replace(" points", "")}
        <span className="sr-only">
          {" "}
          points, {clear ? `clearly ${state} the pilot` : "no clear difference"}
        </span>
      </span>
      <span className="block text-xs whitespace-nowrap text-subtle">
        {formatPoints(row.gap.low).replace(" points", "")} to{" "}
        {formatPoints(row.gap.high).replace(" points", "")}
      </span>
    </>
  );
}
