"use client";

import { type PointerEvent, type ReactNode, useEffect, useRef, useState } from "react";

/** A press that moves less is a press on a point. */
const FEWEST_PIXELS = 8;

interface Drag {
  /** Within the element, in pixels. */
  from: number;
  to: number;
}

export interface DragZoom {
  onPointerDown: (event: PointerEvent<HTMLElement>) => void;
  onPointerMove: (event: PointerEvent<HTMLElement>) => void;
  onPointerUp: (event: PointerEvent<HTMLElement>) => void;
  /** Whether the press that ends now was a drag: it then opens nothing. Asked once a press. */
  wasDrag: () => boolean;
  /** What is being picked; for an element with a position. */
  overlay: ReactNode;
}

/** Picks a stretch of a chart with the mouse; Escape lets go of it. A finger scrolls instead: there are buttons for it. */
export function useDragZoom(onStretch: (fromX: number, toX: number) => void): DragZoom {
  const [drag, setDrag] = useState<Drag | null>(null);
  const dragged = useRef(false);
  const active = drag !== null;
  useEffect(() => {
    if (!active) return;
    const leave = (event: KeyboardEvent) => {
      if (event.key === "Escape") setDrag(null);
    };
    window.addEventListener("keydown", leave);
    return () => window.removeEventListener("keydown", leave);
  }, [active]);
  const placeOf = (event: PointerEvent<HTMLElement>) =>
    event.clientX - event.currentTarget.getBoundingClientRect().left;
  const isLong = drag !== null && Math.abs(drag.to - drag.from) >= FEWEST_PIXELS;
  return {
    onPointerDown: (event) => {
      dragged.current = false;
      if (event.pointerType !== "mouse" || event.button !== 0) return;
      const at = placeOf(event);
      setDrag({ from: at, to: at });
    },
    onPointerMove: (event) => {
      if (!drag) return;
      const to = placeOf(event);
      // Past this the press is a drag, also when Escape or the way back ends it.
      if (Math.abs(to - drag.from) >= FEWEST_PIXELS) {
        dragged.current = true;
        // From now on it also ends outside.
        if (!event.currentTarget.hasPointerCapture(event.pointerId))
          event.currentTarget.setPointerCapture(event.pointerId);
      }
      setDrag({ ...drag, to });
    },
    onPointerUp: () => {
      if (drag && isLong) onStretch(Math.min(drag.from, drag.to), Math.max(drag.from, drag.to));
      setDrag(null);
    },
    wasDrag: () => dragged.current,
    overlay: isLong ? (
      <div
        aria-hidden="true"
        className="pointer-events-none absolute inset-y-2 rounded-sm border-x border-accent bg-accent-soft/60"
        style={{ left: Math.min(drag.from, drag.to), width: Math.abs(drag.to - drag.from) }}
      />
    ) : null,
  };
}
