"use client";

import { DefaultZIndexes, usePlotArea, useXAxisScale, ZIndexLayer } from "recharts";

import { segmentSentence } from "@/lib/incident/schema";

import { dayNumber } from "./calendar-day";
import type { ChartIncident } from "./chart-incident";

/** Half the width of the sign, and how far above the plot it stands. */
const HALF = 7;

/** A warning sign on the day on which an incident likely began; a press opens it. */
export function IncidentLayer({
  incidents,
  from,
  to,
  share,
}: {
  incidents: readonly ChartIncident[];
  from: number;
  to: number;
  share: number;
}) {
  const x = useXAxisScale();
  const plot = usePlotArea();
  if (!x || !plot) return null;
  const bottom = plot.y + plot.height * (1 - share);
  return (
    <ZIndexLayer zIndex={DefaultZIndexes.scatter + 1}>
      {incidents.map(({ mark, href }) => {
        const at =
          dayNumber(mark.day) < from || dayNumber(mark.day) >= to ? undefined : x(dayNumber(mark.day));
        if (at === undefined) return null;
        return (
          <a
            key={mark.id}
            href={href}
            aria-label={`Incident: ${segmentSentence(mark.segment)}`}
            // The chart would take the press as one on the period.
            onClick={(event) => event.stopPropagation()}
          >
            <line
              x1={at}
              x2={at}
              y1={plot.y + 2}
              y2={bottom}
              stroke="var(--alarm)"
              strokeWidth={1}
              strokeDasharray="3 3"
              strokeOpacity={0.7}
            />
            <IncidentGlyph x={at} y={plot.y + 8} isOpen={mark.standing !== "resolved"} />
          </a>
        );
      })}
    </ZIndexLayer>
  );
}

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
