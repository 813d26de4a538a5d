import type { ChartRow } from "./chart-rows";

/** Of the pattern that PointLayer defines once per chart. */
export const HATCH_ID = "assay-hatch";

/** solid disc, hollow ring, dashed ring (in progress), hatched square (reviews still due). */
export function PointGlyph({
  kind,
  cx,
  cy,
  radius,
}: {
  kind: ChartRow["kind"];
  cx: number;
  cy: number;
  radius: number;
}) {
  if (kind === "immature") {
    const side = radius * 2.1;
    return (
      <rect
        x={cx - side / 2}
        y={cy - side / 2}
        width={side}
        height={side}
        rx={1}
        fill={`url(#${HATCH_ID})`}
        stroke="var(--chart-line)"
        strokeWidth={1.25}
      />
    );
  }
  const solid = kind === "solid";
  return (
    <circle
      cx={cx}
      cy={cy}
      r={solid ? radius : radius + 0.5}
      fill={solid ? "var(--chart-line)" : "var(--surface)"}
      stroke={solid ? "var(--surface)" : "var(--chart-line)"}
      strokeWidth={1.5}
      strokeDasharray={kind === "in_progress" ? "2 1.6" : undefined}
    />
  );
}
