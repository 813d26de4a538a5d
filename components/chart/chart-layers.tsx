"use client";

import { DefaultZIndexes, usePlotArea, useXAxisScale, useYAxisScale, ZIndexLayer } from "recharts";

import type { ReleaseMark } from "@/lib/estimate/schema";

import { dayNumber } from "./calendar-day";
import type { ChartRow } from "./chart-rows";
import { HATCH_ID, PointGlyph } from "./point-glyph";

/** The points and the strokes of intervals: shape says the state, colour only says "accuracy". */
export function PointLayer({ rows, floor }: { rows: readonly ChartRow[]; floor: number }) {
  const x = useXAxisScale();
  const y = useYAxisScale();
  const plot = usePlotArea();
  if (!x || !y || !plot) return null;
  const radius = rows.length > 120 ? 2 : rows.length > 60 ? 2.5 : 3.5;
  const lowest = y(floor) ?? plot.y + plot.height;
  const clamp = (value: number) => Math.max(plot.y, Math.min(lowest, value));
  return (
    <ZIndexLayer zIndex={DefaultZIndexes.scatter}>
      <defs>
        <pattern
          id={HATCH_ID}
          width="4"
          height="4"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <rect width="4" height="4" fill="var(--surface)" />
          <line x1="0" y1="0" x2="0" y2="4" stroke="var(--chart-line)" strokeWidth="1.6" />
        </pattern>
      </defs>
      {rows.map((row) => {
        const cx = x(row.at);
        const mean = row.estimate ? y(row.estimate.mean) : undefined;
        if (cx === undefined || mean === undefined) return null;
        const whisker = row.whisker ? [y(row.whisker[0]), y(row.whisker[1])] : null;
        return (
          <g key={row.start}>
            {whisker?.[0] !== undefined && whisker[1] !== undefined ? (
              <line
                x1={cx}
                x2={cx}
                y1={clamp(whisker[0])}
                y2={clamp(whisker[1])}
                stroke="var(--chart-line)"
                strokeOpacity={0.55}
                strokeWidth={row.kind === "bounded" ? 4 : 1.25}
                strokeDasharray={row.kind === "in_progress" ? "2 3" : undefined}
              />
            ) : null}
            {row.kind === "bounded" ? null : (
              <PointGlyph kind={row.kind} cx={cx} cy={clamp(mean)} radius={radius} />
            )}
          </g>
        );
      })}
    </ZIndexLayer>
  );
}

/** Two rows of bars under the plot: what was reviewed and what arrived, each on its own scale. */
export function StripLayer({ rows, share }: { rows: readonly ChartRow[]; share: number }) {
  const x = useXAxisScale();
  const plot = usePlotArea();
  if (!x || !plot) return null;
  const height = plot.height * share;
  const strip = (height - 16) / 2;
  const bottom = plot.y + plot.height;
  return (
    <ZIndexLayer zIndex={DefaultZIndexes.bar}>
      <Strip
        rows={rows}
        x={x}
        base={bottom - strip - 6}
        height={strip}
        left={plot.x}
        value={(row) => row.reviews}
        label="Reviews"
        fill="var(--chart-bar-strong)"
      />
      <Strip
        rows={rows}
        x={x}
        base={bottom}
        height={strip}
        left={plot.x}
        value={(row) => row.population}
        label="Outputs"
        fill="var(--chart-bar)"
      />
    </ZIndexLayer>
  );
}

function Strip({
  rows,
  x,
  base,
  height,
  left,
  value,
  label,
  fill,
}: {
  rows: readonly ChartRow[];
  x: (value: unknown) => number | undefined;
  base: number;
  height: number;
  left: number;
  value: (row: ChartRow) => number;
  label: string;
  fill: string;
}) {
  const most = Math.max(...rows.map(value), 1);
  return (
    <g>
      <text x={left - 8} y={base - 2} textAnchor="end" fontSize={11} fill="var(--subtle)">
        {label}
      </text>
      {rows.map((row) => {
        const start = x(dayNumber(row.start));
        const end = x(dayNumber(row.end) + 1);
        if (start === undefined || end === undefined || value(row) <= 0) return null;
        const gap = end - start > 6 ? 2 : 0.5;
        const tall = Math.max(1, (value(row) / most) * height);
        return (
          <rect
            key={row.start}
            x={start + gap / 2}
            y={base - tall}
            width={Math.max(1, end - start - gap)}
            height={tall}
            rx={1}
            fill={fill}
          />
        );
      })}
    </g>
  );
}

/** A flag and a thin line on the day on which a model version went live; a press compares it with the version before. */
export function ReleaseLayer({
  releases,
  from,
  to,
  share,
  hrefOf,
}: {
  releases: readonly ReleaseMark[];
  from: number;
  to: number;
  share: number;
  hrefOf: (release: ReleaseMark) => string;
}) {
  const x = useXAxisScale();
  const plot = usePlotArea();
  if (!x || !plot) return null;
  const bottom = plot.y + plot.height * (1 - share);
  const inside = releases.filter((mark) => dayNumber(mark.day) >= from && dayNumber(mark.day) < to);
  const marks = placedMarks(inside, x, plot.x + plot.width + 10);
  return (
    <ZIndexLayer zIndex={DefaultZIndexes.line - 1}>
      {marks.map(({ mark, at, text }) => (
        <a
          key={mark.id}
          href={hrefOf(mark)}
          aria-label={`${mark.model_name} ${mark.model_version}: compare with the version before`}
          // The chart would take the press as one on the period, or as the start of a drag.
          onClick={(event) => event.stopPropagation()}
          onPointerDown={(event) => event.stopPropagation()}
        >
          <rect
            x={at - 6}
            y={plot.y - 22}
            width={(text?.length ?? 0) * LETTER + 22}
            height={20}
            fill="transparent"
          />
          <line
            x1={at}
            x2={at}
            y1={plot.y - 14}
            y2={bottom}
            stroke="var(--chart-marker)"
            strokeWidth={1}
            strokeDasharray="1 3"
            strokeLinecap="round"
          />
          <path d={`M${at},${plot.y - 18}h8l-2.5,3.5l2.5,3.5h-8z`} fill="var(--chart-marker)" />
          {text ? (
            <text x={at + 11} y={plot.y - 10} fontSize={11} fill="var(--chart-marker)">
              {text}
            </text>
          ) : null}
        </a>
      ))}
    </ZIndexLayer>
  );
}

const LETTER = 6.5;

/** Where each mark stands, and its version where there is room for it beside the one before. */
function placedMarks(
  releases: readonly ReleaseMark[],
  x: (value: unknown) => number | undefined,
  right: number,
): { mark: ReleaseMark; at: number; text: string | null }[] {
  const placed: { mark: ReleaseMark; at: number; text: string | null }[] = [];
  let taken = Number.NEGATIVE_INFINITY;
  for (const mark of releases) {
    const at = x(dayNumber(mark.day));
    if (at === undefined) continue;
    const { model_version: version } = mark;
    const text = version.length > 14 ? `${version.slice(0, 13)}…` : version;
    const fits = at > taken && at + text.length * LETTER + 10 < right;
    if (fits) taken = at + text.length * LETTER + 16;
    placed.push({ mark, at, text: fits ? text : null });
  }
  return placed;
}
