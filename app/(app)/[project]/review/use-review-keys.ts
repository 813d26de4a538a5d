"use client";

import { useMemo, useSyncExternalStore } from "react";
import { type Action, DEFAULT_KEYS, type KeyMap, keysFrom } from "./key-map";

export interface ReviewKeys {
  /** Whether keys without Ctrl act at all (WCAG 2.1.4). */
  on: boolean;
  keys: KeyMap;
  setOn: (on: boolean) => void;
  /** The caller has asked `keyRefusal` before. */
  setKey: (action: Action, key: string) => void;
  reset: () => void;
}

/** One person's keys, kept in this browser. */
export function useReviewKeys(owner: string): ReviewKeys {
  const name = `assay-review-keys:${owner}`;
  const stored = useSyncExternalStore(
    onStored,
    () => read(name),
    () => null,
  );
  const settings = useMemo(() => parsed(stored), [stored]);
  const keys = useMemo(() => keysFrom(settings.keys), [settings]);
  const write = (on: boolean, next: KeyMap) => {
    try {
      localStorage.setItem(name, JSON.stringify({ on, keys: JSON.stringify(next) }));
    } catch {
      // A full or forbidden store: the keys stay as they are.
    }
    window.dispatchEvent(new StorageEvent("storage", { key: name }));
  };
  return {
    on: settings.on,
    keys,
    setOn: (on) => write(on, keys),
    setKey: (action, key) => write(settings.on, { ...keys, [action]: key.toLowerCase() }),
    reset: () => write(true, DEFAULT_KEYS),
  };
}

function parsed(stored: string | null): { on: boolean; keys: string | null } {
  try {
    const value = JSON.parse(stored ?? "{}") as { on?: unknown; keys?: unknown } | null;
    return { on: value?.on !== false, keys: typeof value?.keys === "string" ? value.keys : null };
  } catch {
    return { on: true, keys: null };
  }
}

function read(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

function onStored(changed: () => void): () => void {
  window.addEventListener("storage", changed);
  return () => window.removeEventListener("storage", changed);
}
