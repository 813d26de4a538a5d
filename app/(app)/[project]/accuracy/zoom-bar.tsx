"use client";

import { Maximize2, ZoomIn, ZoomOut } from "lucide-react";

import { DayField } from "@/components/form/day-field";
import { Button } from "@/components/ui/button";

import { type Days, zoomedDays } from "./view-state";

/** What dragging does, for keys and fingers; and the way back to the whole range. */
export function ZoomBar({
  zoom,
  shown,
  whole,
  onZoom,
}: {
  /** The days picked out of the range; null where all of it is shown. */
  zoom: Days | null;
  shown: Days;
  whole: Days;
  onZoom: (days: Days | null) => void;
}) {
  const closer = zoomedDays(shown, "in", whole);
  const canZoomIn = closer !== null && (closer.from !== shown.from || closer.to !== shown.to);
  return (
    <div className="mb-3 flex flex-wrap items-end gap-2" role="group" aria-label="Zoom">
      <Button
        size="icon"
        aria-label="Zoom in"
        title="Zoom in: or drag over the chart"
        disabled={!canZoomIn}
        onClick={() => onZoom(closer)}
      >
        <ZoomIn aria-hidden="true" />
      </Button>
      <Button
        size="icon"
        aria-label="Zoom out"
        title="Zoom out"
        disabled={!zoom}
        onClick={() => onZoom(zoomedDays(shown, "out", whole))}
      >
        <ZoomOut aria-hidden="true" />
      </Button>
      {zoom ? (
        <>
          <Button onClick={() => onZoom(null)}>
            <Maximize2 aria-hidden="true" />
            Whole range
          </Button>
          <DayField
            label="Shown from"
            value={zoom.from}
            onDay={(from) => from && from <= zoom.to && onZoom({ ...zoom, from })}
          />
          <DayField
            label="to"
            value={zoom.to}
            onDay={(to) => to && to >= zoom.from && onZoom({ ...zoom, to })}
          />
        </>
      ) : (
        <p className="self-center text-xs text-subtle print:hidden">
          <span className="hidden sm:inline">Drag over the chart to look closer.</span>
        </p>
      )}
    </div>
  );
}
