"use client";

import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";

import { formatCompact, formatCount, formatDay } from "@/lib/core/format";
import type { DayFlow } from "@/lib/drift/flow-schema";

import { FLOW_PARTS } from "./flow-parts";

/** Records per day, divided by what became of them: the parts of a bar add up to all that was received. */
export function FlowChart({ days, height }: { days: readonly DayFlow[]; height: number }) {
  return (
    <ResponsiveContainer width="100%" height={height}>
      <BarChart
        data={[...days]}
        margin={{ top: 6, right: 6, bottom: 0, left: 0 }}
        title="Records per day by what became of them. The table below shows them by hour."
      >
        <CartesianGrid vertical={false} stroke="var(--chart-grid)" />
        <XAxis
          dataKey="day"
          tickFormatter={(day: string) => formatDay(day, { year: false })}
          tickLine={false}
          axisLine={{ stroke: "var(--line-strong)" }}
          tick={{ fill: "var(--subtle)", fontSize: 11 }}
          minTickGap={16}
          height={26}
        />
        <YAxis
          tickFormatter={(value: number) => formatCompact(value)}
          tickLine={false}
          axisLine={false}
          tick={{ fill: "var(--subtle)", fontSize: 11 }}
          width={48}
          tickCount={4}
        />
        <Tooltip content={<FlowFacts />} cursor={{ fill: "var(--hover)", fillOpacity: 0.6 }} />
        {FLOW_PARTS.map(({ part, color }) => (
          <Bar
            key={part}
            dataKey={part}
            stackId="all"
            fill={color}
            maxBarSize={28}
            isAnimationActive={false}
          />
        ))}
      </BarChart>
    </ResponsiveContainer>
  );
}

function FlowFacts({ active, payload }: { active?: boolean; payload?: readonly { payload: DayFlow }[] }) {
  const day = payload?.[0]?.payload;
  if (!active || !day) return null;
  return (
    <div className="rounded-md bg-overlay px-2.5 py-2 text-xs shadow-float">
      <p className="mb-1 font-medium text-ink">{formatDay(day.day)}</p>
      {FLOW_PARTS.filter(({ part }) => day[part] > 0).map(({ part, label }) => (
        <p key={part} className="flex justify-between gap-4 text-muted tabular">
          <span>{label}</span>
          <span>{formatCount(day[part])}</span>
        </p>
      ))}
    </div>
  );
}
