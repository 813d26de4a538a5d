"use client";

import { useEffect, useRef } from "react";
import { layerIsOpen } from "@/components/ui/open-layer";
import { type Command, commandForKey, type KeyPress, type KeyView } from "./review-key";

/** What scrolls or is walked through by arrows. */
const READING = '[role="region"],[role="tree"],pre';

/** Listens to the keyboard while no dialog or menu is open. */
export function useShortcuts(view: KeyView, enabled: boolean, run: (command: Command) => void): void {
  const latest = useRef({ view, enabled, run });
  useEffect(() => {
    latest.current = { view, enabled, run };
  });
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const now = latest.current;
      if (!now.enabled || event.defaultPrevented) return;
      if (layerIsOpen()) return;
      const command = commandForKey(pressFacts(event), now.view);
      if (!command) return;
      event.preventDefault();
      now.run(command);
    };
    document.addEventListener("keydown", pressed);
    return () => document.removeEventListener("keydown", pressed);
  }, []);
}

function pressFacts(event: KeyboardEvent): KeyPress {
  return {
    key: event.key,
    ctrl: event.ctrlKey || event.metaKey,
    alt: event.altKey,
    shift: event.shiftKey,
    ignored: event.repeat || event.isComposing,
    on: placeOf(event.target),
  };
}

function placeOf(target: EventTarget | null): KeyPress["on"] {
  if (!(target instanceof HTMLElement)) return "page";
  if (target instanceof HTMLInputElement)
    return target.type === "radio" || target.type === "checkbox" ? "choice" : "text";
  if (
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    target.isContentEditable
  )
    return "text";
  if (target.closest("button, a, summary")) return "button";
  return target.closest(READING) ? "reading" : "page";
}
