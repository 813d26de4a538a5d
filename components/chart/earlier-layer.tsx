"use client";

import { DefaultZIndexes, useXAxisScale, useYAxisScale, ZIndexLayer } from "recharts";

import { FEWEST_FOR_PERCENT } from "./chart-rows";
import { sparkPath } from "./sparkline";
import type { ComparedRow } from "./with-earlier";

/** The days before, under those that are shown: a thin dotted line with rings, gaps and hollow points as in the line above it. */
export function EarlierLayer({ rows }: { rows: readonly ComparedRow[] }) {
  const x = useXAxisScale();
  const y = useYAxisScale();
  if (!x || !y || rows.every(({ earlier }) => earlier === null)) return null;
  const path = sparkPath(
    rows.map(({ earlier }) => ({ mean: earlier?.line ?? null, n: earlier?.reviews ?? 0 })),
    (index) => x(rows[index]?.at) ?? 0,
    (mean) => y(mean) ?? 0,
  );
  return (
    <ZIndexLayer zIndex={DefaultZIndexes.line - 1}>
      <path d={path} fill="none" stroke="var(--chart-pilot)" strokeWidth={1.5} strokeDasharray="1.5 3" />
      {rows.map(({ start, at, earlier }) => {
        const cx = x(at);
        const cy = earlier?.estimate ? y(earlier.estimate.mean) : undefined;
        if (!earlier || earlier.reviews < FEWEST_FOR_PERCENT || earlier.kind === "bounded") return null;
        if (cx === undefined || cy === undefined) return null;
        return (
          <circle
            key={start}
            cx={cx}
            cy={cy}
            r={2.5}
            fill={earlier.line === null ? "var(--surface)" : "var(--chart-pilot)"}
            stroke="var(--chart-pilot)"
            strokeWidth={1}
          />
        );
      })}
    </ZIndexLayer>
  );
}
