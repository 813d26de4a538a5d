/** Half the width of the sign. */
const HALF = 7;

/** A triangle with an exclamation mark; filled while the incident is not resolved. */
export function IncidentGlyph({ x, y, isOpen }: { x: number; y: number; isOpen: boolean }) {
  const ink = isOpen ? "var(--surface)" : "var(--alarm)";
  return (
    <g transform={`translate(${x} ${y})`}>
      <path
        d={`M0,${-HALF}L${HALF},${HALF - 1.5}H${-HALF}z`}
        fill={isOpen ? "var(--alarm)" : "var(--surface)"}
        stroke="var(--alarm)"
        strokeWidth={1.5}
        strokeLinejoin="round"
      />
      <path d="M0,-2.5V1.5M0,3.6V3.7" stroke={ink} strokeWidth={1.6} strokeLinecap="round" />
    </g>
  );
}
