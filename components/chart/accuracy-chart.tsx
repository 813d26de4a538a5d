"use client";

import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceArea,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  useActiveTooltipDataPoints,
  usePlotArea,
  useXAxisScale,
  XAxis,
  YAxis,
} from "recharts";
import { useEffect, useRef } from "react";

import { formatPercent } from "@/lib/core/format";
import type { FormMark, Pilot, ReleaseMark } from "@/lib/estimate/schema";
import type { AccuracyFloor } from "@/lib/monitor/read-floor";

import { dayNumber } from "./calendar-day";
import type { ChartIncident } from "./chart-incident";
import { PointLayer, ReleaseLayer, StripLayer } from "./chart-layers";
import { type AccuracyAxis, accuracyAxis, axisEnds } from "./chart-rows";
import { ChartTooltip } from "./chart-tooltip";
import { dayTicks, tickText } from "./day-ticks";
import { EarlierLayer } from "./earlier-layer";
import { FLOOR_DASHES } from "./floor-dashes";
import { FormLayer } from "./form-layer";
import { IncidentLayer } from "./incident-layer";
import { useDragZoom } from "./use-drag-zoom";
import type { ComparedRow } from "./with-earlier";

/** Part of the plot under the accuracy axis, for the two strips of bars. */
const STRIP_SHARE = 0.22;

export interface AccuracyChartProps {
  rows: readonly ComparedRow[];
  pilot: Pilot | null;
  /** Accuracy that must not be undershot; null: nothing is watched. */
  floor: AccuracyFloor | null;
  releases: readonly ReleaseMark[];
  forms: readonly FormMark[];
  incidents: readonly ChartIncident[];
  height: number;
  /** A press on a period; `touch` when it was a finger, which has not seen the tooltip before. */
  onPick: (row: ComparedRow, touch: boolean) => void;
  /** Days that were picked by dragging, of the first to the last period. */
  onZoom: (days: { from: string; to: string }) => void;
  /** Where a release is looked at closely. */
  releaseHref: (release: ReleaseMark) => string;
}

/** Accuracy per period with its range, the pilot with its own, and what the numbers rest on. At most 400 periods. */
export function AccuracyChart(props: AccuracyChartProps) {
  const { rows, pilot, floor, releases, forms, incidents, height, onPick, onZoom, releaseHref } = props;
  const active = useRef<ComparedRow | null>(null);
  const places = useRef<readonly RowPlace[]>([]);
  const zoom = useDragZoom((fromX, toX) => {
    const [one, two] = [nearestRow(places.current, fromX), nearestRow(places.current, toX)];
    if (one && two) onZoom({ from: one.start, to: two.end });
  });
  const axis = accuracyAxis(rows, axisEnds(rows, pilot, floor));
  const first = rows[0];
  const last = rows.at(-1);
  if (!first || !last) return null;
  const from = dayNumber(first.start);
  const to = dayNumber(last.end) + 1;
  // The chart's own event names the period under the tooltip, which is not there yet when a finger comes down.
  const pick = (event: React.MouseEvent) => {
    if (zoom.wasDrag()) return;
    const row = rowAt(places.current, event.clientX - event.currentTarget.getBoundingClientRect().left);
    if (row && row.kind !== "empty") onPick(row, (event.nativeEvent as PointerEvent).pointerType === "touch");
  };
  // The arrow keys move the tooltip; Enter opens what it shows, as a press does.
  const openActive = (event: React.KeyboardEvent) => {
    if (event.key === "Enter" && active.current && active.current.kind !== "empty")
      onPick(active.current, false);
  };
  return (
    <div
      role="presentation"
      className="relative select-none"
      onKeyDown={openActive}
      onClick={pick}
      onPointerDown={zoom.onPointerDown}
      onPointerMove={zoom.onPointerMove}
      onPointerUp={zoom.onPointerUp}
    >
      {zoom.overlay}
      <ResponsiveContainer width="100%" height={height}>
        <ComposedChart
          data={[...rows]}
          margin={{ top: 22, right: 12, bottom: 0, left: 0 }}
          title="Accuracy over time. The table shows the same numbers."
          className="cursor-pointer [&_.recharts-surface:focus-visible]:outline-2"
        >
          <CartesianGrid vertical={false} stroke="var(--chart-grid)" />
          <XAxis
            dataKey="at"
            type="number"
            domain={[from, to]}
            ticks={dayTicks(from, to, 8)}
            tickFormatter={tickText}
            tickLine={false}
            axisLine={{ stroke: "var(--line-strong)" }}
            tick={{ fill: "var(--subtle)", fontSize: 11 }}
            minTickGap={8}
            height={26}
          />
          <YAxis
            domain={[withStrips(axis), axis.max]}
            ticks={axis.ticks}
            tickFormatter={(value: number) => formatPercent(value, needsDecimal(axis) ? 1 : 0)}
            tickLine={false}
            axisLine={false}
            tick={{ fill: "var(--subtle)", fontSize: 11 }}
            width={52}
            allowDataOverflow
            interval={0}
          />
          {pilot ? <PilotMarks pilot={pilot} /> : null}
          {floor ? (
            <ReferenceLine
              y={floor.accuracy}
              stroke="var(--chart-pilot)"
              strokeDasharray={FLOOR_DASHES}
              strokeWidth={1.25}
            />
          ) : null}
          <Area
            dataKey="band"
            type="linear"
            fill="var(--chart-band)"
            fillOpacity={1}
            stroke="none"
            connectNulls={false}
            isAnimationActive={false}
            activeDot={false}
          />
          <Area
            dataKey="outline"
            type="linear"
            fill="none"
            stroke="var(--chart-line)"
            strokeOpacity={0.45}
            strokeWidth={1}
            connectNulls={false}
            isAnimationActive={false}
            dot={false}
            activeDot={false}
          />
          <Line
            dataKey="line"
            type="linear"
            stroke="var(--chart-line)"
            strokeWidth={2}
            connectNulls={false}
            isAnimationActive={false}
            dot={false}
            activeDot={false}
          />
          <StripLayer rows={rows} share={STRIP_SHARE} />
          <ReleaseLayer releases={releases} from={from} to={to} share={STRIP_SHARE} hrefOf={releaseHref} />
          <FormLayer forms={forms} from={from} to={to} share={STRIP_SHARE} />
          <ActivePeriod
            onActive={(row) => {
              active.current = row;
            }}
          />
          <RowPlaces
            rows={rows}
            onPlaces={(found) => {
              places.current = found;
            }}
          />
          <EarlierLayer rows={rows} />
          <PointLayer rows={rows} floor={axis.min} />
          <IncidentLayer incidents={incidents} from={from} to={to} share={STRIP_SHARE} />
          <Tooltip
            filterNull={false}
            content={<ChartTooltip releases={releases} forms={forms} incidents={incidents} />}
            isAnimationActive={false}
            cursor={{ stroke: "var(--line-strong)", strokeWidth: 1 }}
            wrapperStyle={{ zIndex: 20 }}
          />
        </ComposedChart>
      </ResponsiveContainer>
    </div>
  );
}

/** Tells which period the tooltip stands on, however it got there. */
function ActivePeriod({ onActive }: { onActive: (row: ComparedRow | null) => void }) {
  const points = useActiveTooltipDataPoints<ComparedRow>();
  const row = points?.[0] ?? null;
  useEffect(() => onActive(row), [row, onActive]);
  return null;
}

interface RowPlace {
  row: ComparedRow;
  x: number;
  /** How far from it a press still means it. */
  reach: number;
}

/** Tells where each period stands. */
function RowPlaces({
  rows,
  onPlaces,
}: {
  rows: readonly ComparedRow[];
  onPlaces: (places: readonly RowPlace[]) => void;
}) {
  const scale = useXAxisScale();
  const plot = usePlotArea();
  useEffect(() => {
    if (!scale || !plot) return;
    const reach = plot.width / Math.max(1, rows.length);
    onPlaces(rows.map((row) => ({ row, x: scale(row.at) ?? plot.x, reach })));
  }, [rows, scale, plot, onPlaces]);
  return null;
}

/** The period nearest to a press; null beside the plot. */
function rowAt(places: readonly RowPlace[], x: number): ComparedRow | null {
  const nearest = nearestPlace(places, x);
  return nearest && Math.abs(nearest.x - x) <= nearest.reach ? nearest.row : null;
}

/** The same for the end of a stretch, which may lie beside the plot. */
function nearestRow(places: readonly RowPlace[], x: number): ComparedRow | null {
  return nearestPlace(places, x)?.row ?? null;
}

function nearestPlace(places: readonly RowPlace[], x: number): RowPlace | undefined {
  return [...places].sort((a, b) => Math.abs(a.x - x) - Math.abs(b.x - x))[0];
}

function PilotMarks({ pilot }: { pilot: Pilot }) {
  const { mean, low, high } = pilot.estimate;
  return (
    <>
      <ReferenceArea
        y1={low}
        y2={high}
        fill="var(--chart-pilot-band)"
        fillOpacity={1}
        stroke="none"
        ifOverflow="hidden"
      />
      <ReferenceLine y={mean} stroke="var(--chart-pilot)" strokeDasharray="5 4" strokeWidth={1.5} />
    </>
  );
}

/** Lower end of the axis so that the strips fit under its first tick. */
function withStrips(axis: AccuracyAxis): number {
  return axis.min - (axis.max - axis.min) * (STRIP_SHARE / (1 - STRIP_SHARE));
}

function needsDecimal(axis: AccuracyAxis): boolean {
  return axis.ticks.some((tick) => Math.abs(tick * 100 - Math.round(tick * 100)) > 1e-6);
}
