"use client";

import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";

import { formatPercent } from "@/lib/core/format";
import type { ShownBin } from "@/lib/drift/schema";

const MARGIN = { top: 6, right: 6, bottom: 0, left: 0 };
const LONGEST = 14;

/** Shares per bin: the pilot in grey beside now in blue. */
export function BinChart({
  bins,
  height,
  label,
}: {
  bins: readonly ShownBin[];
  height: number;
  label: string;
}) {
  return (
    <ResponsiveContainer width="100%" height={height}>
      <BarChart data={[...bins]} margin={MARGIN} title={label} barGap={1} barCategoryGap="22%">
        <CartesianGrid vertical={false} stroke="var(--chart-grid)" />
        <XAxis
          dataKey="label"
          tickFormatter={shortened}
          tickLine={false}
          axisLine={{ stroke: "var(--line-strong)" }}
          tick={{ fill: "var(--subtle)", fontSize: 11 }}
          interval={0}
          angle={-35}
          textAnchor="end"
          height={72}
        />
        <YAxis
          tickFormatter={(value: number) =>
            formatPercent(value, Number.isInteger(Math.round(1000 * value) / 10) ? 0 : 1)
          }
          tickLine={false}
          axisLine={false}
          tick={{ fill: "var(--subtle)", fontSize: 11 }}
          width={48}
          tickCount={4}
        />
        <Tooltip content={<BinFacts />} cursor={{ fill: "var(--hover)", fillOpacity: 0.6 }} />
        <Bar
          dataKey="pilot"
          name="Pilot"
          fill="var(--chart-bar-strong)"
          radius={1}
          isAnimationActive={false}
        />
        <Bar dataKey="now" name="Now" fill="var(--chart-line)" radius={1} isAnimationActive={false} />
      </BarChart>
    </ResponsiveContainer>
  );
}

function shortened(label: string): string {
  return label.length > LONGEST ? `${label.slice(0, LONGEST - 1)}…` : label;
}

function BinFacts({ active, payload }: { active?: boolean; payload?: readonly { payload: ShownBin }[] }) {
  const bin = payload?.[0]?.payload;
  if (!active || !bin) return null;
  return (
    <div className="max-w-72 rounded-md bg-overlay px-2.5 py-2 text-xs shadow-float">
      <p className="font-medium break-words text-ink">
        <bdi>{bin.label}</bdi>
      </p>
      <p className="text-muted tabular">
        Now {formatPercent(bin.now)}, in the pilot {formatPercent(bin.pilot)}
      </p>
    </div>
  );
}
