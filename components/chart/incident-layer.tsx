"use client";

import { DefaultZIndexes, usePlotArea, useXAxisScale, ZIndexLayer } from "recharts";

import { segmentSentence } from "@/lib/incident/segment-part";

import { dayNumber } from "./calendar-day";
import type { ChartIncident } from "./chart-incident";
import { IncidentGlyph } from "./incident-glyph";

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
