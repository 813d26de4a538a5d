"use client";

import { useEffect, useRef, useSyncExternalStore } from "react";
import { type Command, commandForKey, type KeyPress, type KeyView } from "./review-key";

/** What is fading out is no longer in the way of the next key. */
const OPEN_LAYER = ["dialog", "alertdialog", "menu"].map((role) => `[role="${role}"][data-open]`).join(",");
const SETTING = "assay-review-keys";

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
      if (document.querySelector(OPEN_LAYER)) return;
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
  return target.closest("button, a, summary") ? "button" : "page";
}

/** Whether keys without Ctrl act: kept in this browser. */
export function useSingleKeys(): [boolean, (on: boolean) => void] {
  const on = useSyncExternalStore(
    onStored,
    () => localStorage.getItem(SETTING) !== "off",
    () => true,
  );
  return [
    on,
    (next) => {
      localStorage.setItem(SETTING, next ? "on" : "off");
      window.dispatchEvent(new StorageEvent("storage", { key: SETTING }));
    },
  ];
}

function onStored(changed: () => void): () => void {
  window.addEventListener("storage", changed);
  return () => window.removeEventListener("storage", changed);
}
