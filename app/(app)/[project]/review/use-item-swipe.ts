"use client";

import { type RefObject, useEffect, useRef } from "react";
import type { ItemSwipe } from "./swipe-item";

/** Swiping, on devices with a finger only; its code comes after the item. */
export function useItemSwipe(area: RefObject<HTMLElement | null>, swipe: ItemSwipe): void {
  const latest = useRef(swipe);
  useEffect(() => {
    latest.current = swipe;
  });
  useEffect(() => {
    const element = area.current;
    if (!element || !window.matchMedia("(pointer: coarse)").matches) return;
    let detach: (() => void) | null = null;
    let gone = false;
    const attach = async () => {
      try {
        const { attachItemSwipe } = await import("./swipe-item");
        if (!gone) detach = attachItemSwipe(element, () => latest.current);
      } catch {
        // Without it there are the buttons.
      }
    };
    void attach();
    return () => {
      gone = true;
      detach?.();
    };
  }, [area]);
}
