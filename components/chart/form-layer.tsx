"use client";

import { DefaultZIndexes, usePlotArea, useXAxisScale, ZIndexLayer } from "recharts";

import type { FormMark } from "@/lib/estimate/schema";

import { dayNumber } from "./calendar-day";
import { FormGlyph, HALF } from "./form-glyph";

/** A small sheet at the foot of the plot on the day on which reviewers got another form; the day after the last one, at the end. */
export function FormLayer({
  forms,
  from,
  to,
  share,
}: {
  forms: readonly FormMark[];
  from: number;
  to: number;
  share: number;
}) {
  const x = useXAxisScale();
  const plot = usePlotArea();
  if (!x || !plot) return null;
  const bottom = plot.y + plot.height * (1 - share);
  // Of several on one day the newest is in force.
  const byDay = new Map(forms.map((mark) => [mark.day, mark]));
  return (
    <ZIndexLayer zIndex={DefaultZIndexes.line - 1}>
      {[...byDay.values()].map((mark) => {
        const at =
          dayNumber(mark.day) < from || dayNumber(mark.day) > to ? undefined : x(dayNumber(mark.day));
        if (at === undefined) return null;
        const onLeft = at + 40 > plot.x + plot.width;
        return (
          <g key={mark.version}>
            <line
              x1={at}
              x2={at}
              y1={plot.y}
              y2={bottom - 2 * HALF}
              stroke="var(--chart-form)"
              strokeWidth={1}
              strokeDasharray="6 3"
            />
            <FormGlyph x={at} y={bottom - HALF - 1} />
            <text
              x={onLeft ? at - HALF - 4 : at + HALF + 4}
              y={bottom - 2}
              textAnchor={onLeft ? "end" : "start"}
              fontSize={11}
              fill="var(--chart-form)"
            >
              form {mark.version}
            </text>
          </g>
        );
      })}
    </ZIndexLayer>
  );
}
