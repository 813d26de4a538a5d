"use client";

import { useSyncExternalStore } from "react";

export interface LatePart<T> {
  /** Fetches it once; what could not be fetched is tried again the next time. */
  fetch: () => Promise<T | null>;
  /** What was fetched, or null. */
  usePart: () => T | null;
}

/** A part that a page can begin without. Once there it is used at once, by every component, also by one that comes later. */
export function latePart<T>(load: () => Promise<T>): LatePart<T> {
  let part: T | null = null;
  let asked: Promise<T | null> | null = null;
  const listeners = new Set<() => void>();
  const subscribe = (changed: () => void) => {
    listeners.add(changed);
    return () => void listeners.delete(changed);
  };
  return {
    fetch: () => {
      asked ??= load().then(
        (loaded) => {
          part = loaded;
          for (const changed of listeners) changed();
          return loaded;
        },
        () => {
          asked = null;
          return null;
        },
      );
      return asked;
    },
    usePart: () =>
      useSyncExternalStore(
        subscribe,
        () => part,
        () => null,
      ),
  };
}
