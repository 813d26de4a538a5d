"use client";

import { useCallback, useEffect, useRef } from "react";

/** A pause longer than this is no work on the item. */
export const IDLE_MS = 60_000;

/** Time between two signs of life that counts as work. */
export function activeBetween(before: number, now: number): number {
  return Math.min(Math.max(0, now - before), IDLE_MS);
}

export interface ActiveTime {
  /** Milliseconds of work since the last call; starts again. */
  take: () => number;
  /** Milliseconds since the last sign of life. */
  idleFor: () => number;
}

/** Measures work by keys, pointer and scrolling while the page is visible. */
export function useActiveTime(): ActiveTime {
  const seen = useRef({ last: 0, total: 0 });
  useEffect(() => {
    seen.current.last = performance.now();
    const note = () => {
      if (document.visibilityState === "hidden") return;
      const now = performance.now();
      seen.current.total += activeBetween(seen.current.last, now);
      seen.current.last = now;
    };
    const shown = () => {
      if (document.visibilityState === "visible") seen.current.last = performance.now();
      else note();
    };
    const events = ["keydown", "pointerdown", "pointermove", "wheel", "touchmove"] as const;
    for (const event of events) document.addEventListener(event, note, { passive: true });
    document.addEventListener("visibilitychange", shown);
    return () => {
      for (const event of events) document.removeEventListener(event, note);
      document.removeEventListener("visibilitychange", shown);
    };
  }, []);

  const take = useCallback(() => {
    const now = performance.now();
    const total = seen.current.total + activeBetween(seen.current.last, now);
    seen.current = { last: now, total: 0 };
    return Math.round(total);
  }, []);
  const idleFor = useCallback(() => performance.now() - seen.current.last, []);
  return { take, idleFor };
}
