import { formatDecimal } from "@/lib/core/format";

interface SparkPoint {
  mean: number | null;
  n: number;
}

/** Accuracy of a segment over time in a table cell. The numbers stand beside it, so it is hidden from screen readers. */
export function Sparkline({
  points,
  min,
  max,
  pilot,
  width = 108,
  height = 26,
}: {
  points: readonly SparkPoint[];
  /** One scale for all rows of a table: only then can shapes be compared. */
  min: number;
  max: number;
  pilot?: number | undefined;
  width?: number;
  height?: number;
}) {
  const pad = 3;
  const x = (index: number) =>
    pad + (points.length < 2 ? 0.5 : index / (points.length - 1)) * (width - 2 * pad);
  const y = (value: number) => {
    const part = max > min ? (Math.max(min, Math.min(max, value)) - min) / (max - min) : 0.5;
    return height - pad - part * (height - 2 * pad);
  };
  const lastIndex = points.findLastIndex((point) => point.mean !== null);
  const last = points[lastIndex];
  return (
    <svg width={width} height={height} aria-hidden="true" className="block overflow-visible">
      {pilot === undefined ? null : (
        <line
          x1={pad}
          x2={width - pad}
          y1={y(pilot)}
          y2={y(pilot)}
          stroke="var(--chart-pilot)"
          strokeDasharray="3 3"
          strokeOpacity={0.7}
        />
      )}
      <path
        d={sparkPath(points, x, y)}
        fill="none"
        stroke="var(--chart-line)"
        strokeWidth="1.5"
        strokeLinejoin="round"
        strokeLinecap="round"
      />
      {last?.mean === null || last === undefined ? null : (
        <circle cx={x(lastIndex)} cy={y(last.mean)} r="2.2" fill="var(--chart-line)" />
      )}
    </svg>
  );
}

/** A line with a break wherever nobody has reviewed anything; a point alone becomes a dot by its round cap. */
export function sparkPath(
  points: readonly SparkPoint[],
  x: (index: number) => number,
  y: (value: number) => number,
): string {
  let path = "";
  let drawing = false;
  for (const [index, point] of points.entries()) {
    if (point.mean === null) {
      drawing = false;
      continue;
    }
    const at = `${formatDecimal(x(index), 1)},${formatDecimal(y(point.mean), 1)}`;
    path += drawing ? `L${at}` : `M${at}h0`;
    drawing = true;
  }
  return path;
}
