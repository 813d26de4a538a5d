/** A contribution to a difference, left of zero what lowers it; its range as a thin line. Hidden from screen readers. */
export function ContributionBar({
  parts,
  reach,
  width = 150,
}: {
  /** Drawn one under the other. */
  parts: readonly {
    value: number;
    range?: { low: number; high: number } | undefined;
    kind: "traffic" | "model";
  }[];
  /** Largest size that fits: one scale for all bars of a figure. */
  reach: number;
  width?: number;
}) {
  const row = 9;
  const height = parts.length * row + 4;
  const x = (value: number) =>
    width / 2 + (Math.max(-reach, Math.min(reach, value)) / (reach || 1)) * (width / 2 - 3);
  return (
    <svg width={width} height={height} aria-hidden="true" className="block">
      <line x1={width / 2} x2={width / 2} y1="0" y2={height} stroke="var(--line-strong)" />
      {parts.map(({ value, range, kind }, at) => {
        const y = 2 + at * row;
        return (
          <g key={kind}>
            <rect
              x={Math.min(x(0), x(value))}
              y={y + 1}
              width={Math.max(1, Math.abs(x(value) - x(0)))}
              height={row - 3}
              rx={1}
              fill={kind === "model" ? "var(--chart-line)" : "var(--chart-bar-strong)"}
            />
            {range ? (
              <line
                x1={x(range.low)}
                x2={x(range.high)}
                y1={y + row / 2 - 0.5}
                y2={y + row / 2 - 0.5}
                stroke="var(--ink)"
                strokeWidth="1"
                strokeOpacity="0.65"
              />
            ) : null}
          </g>
        );
      })}
    </svg>
  );
}
