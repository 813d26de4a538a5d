import { TriangleAlert } from "lucide-react";

import { oddsText } from "@/lib/incident/incident-sentence";
import { Cell, HeaderCell, Table, TableBody, TableHead, TableRow } from "@/components/ui/table";
import { formatDay } from "@/lib/core/format";
import type { EvidencePoint } from "@/lib/incident/schema";

import { dayNumber } from "./calendar-day";
import { tickText } from "./day-ticks";
import { dayLabels, evidenceRuns, evidenceScale } from "./evidence-scale";

/**
 * How sure the monitor was after each reviewed day, in the order in which it was given them, against the line at which it reports.
 * Drawn without script: shapes are stretched, texts are not.
 */
export function EvidencePath({
  points,
  logThreshold,
}: {
  points: readonly EvidencePoint[];
  logThreshold: number;
}) {
  if (points.length === 0) return null;
  const { placeOf, ticks } = evidenceScale(points, logThreshold);
  const places = new Map(
    points.map(({ sequence }, index) => [sequence, ((index + 0.5) / points.length) * 100]),
  );
  const x = ({ sequence }: EvidencePoint) => places.get(sequence) ?? 0;
  const change = points.find((point) => point.since_change);
  const y = (log: number) => 100 - placeOf(log) * 100;
  return (
    <figure className="flex min-w-0 flex-col gap-2" aria-label="How sure, day by day">
      <div className="grid grid-cols-[3.25rem_minmax(0,1fr)] gap-x-2" aria-hidden="true">
        <div className="relative h-44 text-2xs text-subtle tabular">
          {ticks.map(({ at, label }) => (
            <span key={label} className="absolute right-0 translate-y-1/2" style={{ bottom: `${at * 100}%` }}>
              {label}
            </span>
          ))}
        </div>
        <div className="relative h-44">
          <svg viewBox="0 0 100 100" preserveAspectRatio="none" className="absolute inset-0 size-full">
            {ticks.map(({ at, label }) => (
              <Line key={label} y={100 - at * 100} stroke="var(--chart-grid)" />
            ))}
            {change ? (
              <rect x={x(change)} y="0" width={100 - x(change)} height="100" fill="var(--chart-pilot-band)" />
            ) : null}
            <Line y={y(logThreshold)} stroke="var(--alarm)" dashed />
            {evidenceRuns(points).map((run) => (
              <path
                key={run[0]?.sequence}
                d={run.map((point, at) => `${at === 0 ? "M" : "L"}${x(point)},${y(point.log_peak)}`).join("")}
                fill="none"
                stroke="var(--chart-line)"
                strokeWidth="2"
                strokeLinejoin="round"
                strokeLinecap="round"
                vectorEffect="non-scaling-stroke"
              />
            ))}
          </svg>
          {points.map((point) => (
            <PointMark key={point.sequence} point={point} left={x(point)} top={y(point.log_peak)} />
          ))}
        </div>
        <span />
        <div className="relative h-5 border-t border-line-strong text-2xs text-subtle tabular">
          {dayLabels(points).map((point) => (
            <span
              key={point.sequence}
              className="absolute top-1 -translate-x-1/2 whitespace-nowrap"
              style={{ left: `${x(point)}%` }}
            >
              {tickText(dayNumber(point.day))}
            </span>
          ))}
        </div>
      </div>
      <EvidenceLegend shaded={change !== undefined} />
      <EvidenceTable points={points} />
    </figure>
  );
}

function Line({ y, stroke, dashed = false }: { y: number; stroke: string; dashed?: boolean }) {
  return (
    <line
      x1="0"
      x2="100"
      y1={y}
      y2={y}
      stroke={stroke}
      strokeWidth="1"
      strokeDasharray={dashed ? "5 4" : undefined}
      vectorEffect="non-scaling-stroke"
    />
  );
}

function PointMark({ point, left, top }: { point: EvidencePoint; left: number; top: number }) {
  const title = `${formatDay(point.day)}: ${oddsText(point.log_peak)}`;
  return (
    <span
      title={title}
      className="absolute grid size-4 -translate-x-1/2 -translate-y-1/2 place-items-center"
      style={{ left: `${left}%`, top: `${top}%` }}
    >
      {point.alarm ? (
        <TriangleAlert className="size-4 fill-alarm-soft text-alarm-ink" />
      ) : (
        <span className="size-1.5 rounded-full bg-chart-line" />
      )}
    </span>
  );
}

function EvidenceLegend({ shaded }: { shaded: boolean }) {
  return (
    <ul className="flex flex-wrap items-center gap-x-4 gap-y-1 text-xs text-muted" aria-hidden="true">
      <li>The axis: by chance alone, once in so many reviews</li>
      <li className="flex items-center gap-1.5">
        <span className="w-5 border-t border-dashed border-alarm" />
        an incident opens
      </li>
      <li className="flex items-center gap-1.5">
        <TriangleAlert className="size-3.5 fill-alarm-soft text-alarm-ink" />
        reported, then from zero again
      </li>
      {shaded ? (
        <li className="flex items-center gap-1.5">
          <span className="h-3 w-5" style={{ background: "var(--chart-pilot-band)" }} />
          since the likely start
        </li>
      ) : null}
    </ul>
  );
}

/** The same numbers for the keyboard and for screen readers. */
function EvidenceTable({ points }: { points: readonly EvidencePoint[] }) {
  return (
    <details className="text-sm">
      <summary className="w-fit cursor-pointer rounded-sm text-xs text-subtle hover:text-ink">
        Show as a table
      </summary>
      <div className="mt-2 max-h-72 overflow-y-auto rounded-md border border-line">
        <Table label="How sure, day by day">
          <TableHead>
            <tr>
              <HeaderCell>Reviewed day</HeaderCell>
              <HeaderCell>By chance alone</HeaderCell>
              <HeaderCell>Note</HeaderCell>
            </tr>
          </TableHead>
          <TableBody>
            {[...points].reverse().map((point) => (
              <TableRow key={point.sequence}>
                <Cell className="whitespace-nowrap">{formatDay(point.day)}</Cell>
                <Cell className="whitespace-nowrap text-muted tabular">{oddsText(point.log_peak)}</Cell>
                <Cell>{point.alarm ? "reported; started again from zero" : ""}</Cell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </div>
    </details>
  );
}
