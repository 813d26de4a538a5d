import { type AlarmWeek, accuracyPath, alarmScale } from "./alarm-scale";

/** Weeks of alarms under the accuracy, in a table cell. The numbers stand beside it, so it is hidden from screen readers. */
export function AlarmStrip({
  weeks,
  min,
  boundary,
}: {
  weeks: readonly AlarmWeek[];
  /** Lowest accuracy on the axis of all rows. */
  min: number;
  boundary: number;
}) {
  const scale = alarmScale(weeks, [boundary]);
  const yOf = (accuracy: number) => 2 + ((1 - Math.max(min, accuracy)) / (1 - min)) * 60;
  return (
    <svg
      viewBox="0 0 100 100"
      preserveAspectRatio="none"
      aria-hidden="true"
      className="block h-9 w-44 overflow-visible"
    >
      <line
        x1="0"
        x2="100"
        y1={yOf(boundary)}
        y2={yOf(boundary)}
        stroke="var(--chart-pilot)"
        strokeDasharray="3 3"
        strokeOpacity={0.7}
        vectorEffect="non-scaling-stroke"
      />
      <path
        d={accuracyPath(weeks, scale, yOf)}
        fill="none"
        stroke="var(--chart-line)"
        strokeWidth="1.5"
        strokeLinejoin="round"
        strokeLinecap="round"
        vectorEffect="non-scaling-stroke"
      />
      {weeks.map(({ week, alarms }) =>
        alarms > 0 ? (
          <rect
            key={week}
            x={scale.xOf(week) - scale.width * 0.4}
            width={scale.width * 0.8}
            y={100 - Math.max(4, (alarms / scale.most) * 30)}
            height={Math.max(4, (alarms / scale.most) * 30)}
            fill="var(--alarm)"
          />
        ) : null,
      )}
    </svg>
  );
}
