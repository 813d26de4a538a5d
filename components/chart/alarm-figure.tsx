import { Cell, HeaderCell, Table, TableBody, TableHead, TableRow } from "@/components/ui/table";
import { formatCount, formatDay, formatPercent } from "@/lib/core/format";

import { type AlarmScale, type AlarmWeek, accuracyPath, alarmScale } from "./alarm-scale";
import { dayTicks, tickText } from "./day-ticks";

/**
 * Accuracy of a segment by week as all labels tell it, and under it the weeks in which the draws noticed the loss. Drawn without
 * script: shapes are stretched, texts are not.
 */
export function AlarmFigure({
  name,
  weeks,
  boundary,
  pilot,
  draws,
}: {
  name: string;
  weeks: readonly AlarmWeek[];
  boundary: number;
  pilot: number | null;
  draws: number;
}) {
  if (weeks.length === 0) return null;
  const scale = alarmScale(weeks, [boundary, ...(pilot === null ? [] : [pilot])]);
  return (
    <figure className="flex min-w-0 flex-col gap-2" aria-label={`${name}: accuracy and alarms by week`}>
      <Legend pilot={pilot} boundary={boundary} min={scale.min} />
      <div
        className="grid grid-cols-[2.75rem_minmax(0,1fr)] gap-x-2 text-2xs text-subtle tabular"
        aria-hidden="true"
      >
        <AxisLabels top="100 %" bottom={formatPercent(scale.min, 0)} className="h-36" />
        <Trend weeks={weeks} scale={scale} boundary={boundary} pilot={pilot} />
        <AxisLabels top={formatCount(scale.most)} bottom="0" className="mt-3 h-14" />
        <Alarms weeks={weeks} scale={scale} draws={draws} />
        <span />
        <div className="relative h-5">
          {dayTicks(scale.from, scale.to, 6).map((at) => (
            <span
              key={at}
              className="absolute top-1 -translate-x-1/2 whitespace-nowrap"
              style={{ left: `${((at - scale.from) / (scale.to - scale.from)) * 100}%` }}
            >
              {tickText(at)}
            </span>
          ))}
        </div>
      </div>
      <WeekTable name={name} weeks={weeks} />
    </figure>
  );
}

function AxisLabels({ top, bottom, className }: { top: string; bottom: string; className: string }) {
  return (
    <div className={`flex flex-col items-end justify-between leading-none ${className}`}>
      <span>{top}</span>
      <span>{bottom}</span>
    </div>
  );
}

function Trend({
  weeks,
  scale,
  boundary,
  pilot,
}: {
  weeks: readonly AlarmWeek[];
  scale: AlarmScale;
  boundary: number;
  pilot: number | null;
}) {
  const yOf = (accuracy: number) => ((1 - accuracy) / (1 - scale.min)) * 100;
  return (
    <svg viewBox="0 0 100 100" preserveAspectRatio="none" className="h-36 w-full overflow-visible">
      {[1, scale.min].map((accuracy) => (
        <Level key={accuracy} y={yOf(accuracy)} stroke="var(--chart-grid)" />
      ))}
      {pilot === null ? null : <Level y={yOf(pilot)} stroke="var(--chart-pilot)" dashes="5 4" />}
      <Level y={yOf(boundary)} stroke="var(--alarm)" dashes="2 3" />
      <path
        d={accuracyPath(weeks, scale, yOf)}
        fill="none"
        stroke="var(--chart-line)"
        strokeWidth="2"
        strokeLinejoin="round"
        strokeLinecap="round"
        vectorEffect="non-scaling-stroke"
      />
      {weeks.map(({ week, accuracy, outputs }) => (
        <rect
          key={week}
          x={scale.xOf(week) - scale.width / 2}
          width={scale.width}
          y="0"
          height="100"
          fill="transparent"
        >
          <title>
            {`Week of ${formatDay(week)}: ${accuracy === null ? "too few" : `${formatPercent(accuracy)} of ${formatCount(outputs)}`} right`}
          </title>
        </rect>
      ))}
    </svg>
  );
}

function Level({ y, stroke, dashes }: { y: number; stroke: string; dashes?: string }) {
  return (
    <line
      x1="0"
      x2="100"
      y1={y}
      y2={y}
      stroke={stroke}
      strokeDasharray={dashes}
      vectorEffect="non-scaling-stroke"
    />
  );
}

function Alarms({ weeks, scale, draws }: { weeks: readonly AlarmWeek[]; scale: AlarmScale; draws: number }) {
  return (
    <svg
      viewBox="0 0 100 100"
      preserveAspectRatio="none"
      className="mt-3 h-14 w-full border-b border-line-strong"
    >
      {weeks.map(({ week, alarms }) =>
        alarms > 0 ? (
          <rect
            key={week}
            x={scale.xOf(week) - scale.width * 0.4}
            width={scale.width * 0.8}
            y={100 - (alarms / scale.most) * 100}
            height={(alarms / scale.most) * 100}
            fill="var(--alarm)"
          >
            <title>{`Week of ${formatDay(week)}: ${alarms} of ${draws} draws`}</title>
          </rect>
        ) : null,
      )}
    </svg>
  );
}

function Legend({ pilot, boundary, min }: { pilot: number | null; boundary: number; min: number }) {
  return (
    <ul className="flex flex-wrap items-center gap-x-4 gap-y-1 text-xs text-muted">
      <LegendItem text="Accuracy by week, all labels" stroke="var(--chart-line)" width={2} />
      {pilot === null ? null : (
        <LegendItem text={`Pilot ${formatPercent(pilot)}`} stroke="var(--chart-pilot)" dashes="5 4" />
      )}
      <LegendItem text={`Boundary ${formatPercent(boundary)}`} stroke="var(--alarm)" dashes="2 3" />
      <li className="flex items-center gap-1.5">
        <svg aria-hidden="true" width="10" height="12" className="shrink-0">
          <rect x="1" y="2" width="8" height="9" fill="var(--alarm)" />
        </svg>
        Draws that noticed it first in a week
      </li>
      {min > 0 ? (
        <li className="text-subtle">The axis starts at {formatPercent(min, 0)}, not at 0.</li>
      ) : null}
    </ul>
  );
}

function LegendItem({
  text,
  stroke,
  dashes,
  width = 1.5,
}: {
  text: string;
  stroke: string;
  dashes?: string;
  width?: number;
}) {
  return (
    <li className="flex items-center gap-1.5">
      <svg aria-hidden="true" width="22" height="12" className="shrink-0">
        <line x1="0" x2="22" y1="6" y2="6" stroke={stroke} strokeWidth={width} strokeDasharray={dashes} />
      </svg>
      {text}
    </li>
  );
}

/** The same numbers for the keyboard and for screen readers. */
function WeekTable({ name, weeks }: { name: string; weeks: readonly AlarmWeek[] }) {
  return (
    <details className="text-sm">
      <summary className="w-fit cursor-pointer rounded-sm text-xs text-subtle hover:text-ink">
        Show as a table
      </summary>
      <div className="mt-2 max-h-72 overflow-y-auto rounded-md border border-line">
        <Table label={`${name} by week`}>
          <TableHead>
            <tr>
              <HeaderCell>Week of</HeaderCell>
              <HeaderCell numeric>Accuracy</HeaderCell>
              <HeaderCell numeric>Outputs</HeaderCell>
              <HeaderCell numeric>Draws that noticed it first</HeaderCell>
            </tr>
          </TableHead>
          <TableBody>
            {weeks.map(({ week, accuracy, outputs, alarms }) => (
              <TableRow key={week}>
                <Cell className="whitespace-nowrap">{formatDay(week)}</Cell>
                <Cell numeric>{accuracy === null ? "–" : formatPercent(accuracy)}</Cell>
                <Cell numeric className="text-muted">
                  {formatCount(outputs)}
                </Cell>
                <Cell numeric>{alarms === 0 ? "–" : formatCount(alarms)}</Cell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </div>
    </details>
  );
}
