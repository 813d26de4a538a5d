/** Half the width of the sheet. */
export const HALF = 4;

/** A sheet with two lines. */
export function FormGlyph({ x, y }: { x: number; y: number }) {
  return (
    <g transform={`translate(${x} ${y})`} stroke="var(--chart-form)" strokeWidth={1.2}>
      <rect x={-HALF} y={-HALF - 0.5} width={2 * HALF} height={2 * HALF + 1} rx={1} fill="var(--surface)" />
      <path d="M-1.8,-1.4H1.8M-1.8,1.4H1.8" strokeLinecap="round" />
    </g>
  );
}
