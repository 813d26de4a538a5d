/** An estimate with its range on a scale that all rows of a table share; the pilot as a tick. Hidden from screen readers. */
export function IntervalWhisker({
  estimate,
  pilot,
  min,
  max,
  width = 120,
}: {
  estimate: { mean: number; low: number; high: number } | null;
  pilot?: number | undefined;
  min: number;
  max: number;
  width?: number;
}) {
  const height = 20;
  const x = (value: number) => {
    const part = max > min ? (Math.max(min, Math.min(max, value)) - min) / (max - min) : 0.5;
    return 4 + part * (width - 8);
  };
  return (
    <svg
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      aria-hidden="true"
      className="block max-w-full"
    >
      <line x1="4" x2={width - 4} y1={height / 2} y2={height / 2} stroke="var(--line)" />
      {pilot === undefined ? null : (
        <line
          x1={x(pilot)}
          x2={x(pilot)}
          y1="3"
          y2={height - 3}
          stroke="var(--chart-pilot)"
          strokeWidth="1.5"
          strokeDasharray="2.5 2"
        />
      )}
      {estimate ? (
        <>
          <line
            x1={x(estimate.low)}
            x2={x(estimate.high)}
            y1={height / 2}
            y2={height / 2}
            stroke="var(--chart-line)"
            strokeOpacity="0.5"
            strokeWidth="4"
            strokeLinecap="round"
          />
          <circle
            cx={x(estimate.mean)}
            cy={height / 2}
            r="3.5"
            fill="var(--chart-line)"
            stroke="var(--surface)"
            strokeWidth="1.5"
          />
        </>
      ) : null}
    </svg>
  );
}
