"use client";

import { useMemo, useSyncExternalStore } from "react";
import { keysName } from "@/components/shell/single-keys";
import {
  type Action,
  FIRST_SETTINGS,
  type ReviewKeySettings,
  reviewKeySettings,
  storedSettings,
} from "./key-map";

export interface ReviewKeys extends ReviewKeySettings {
  setEnterSubmits: (enterSubmits: boolean) => void;
  setOn: (on: boolean) => void;
  /** The caller has asked `keyRefusal` before. */
  setKey: (action: Action, key: string) => void;
  reset: () => void;
}

/** One person's keys, kept in this browser. */
export function useReviewKeys(owner: string): ReviewKeys {
  const name = keysName(owner);
  const stored = useSyncExternalStore(
    onStored,
    () => read(name),
    () => null,
  );
  const settings = useMemo(() => reviewKeySettings(stored), [stored]);
  const write = (change: Partial<ReviewKeySettings>) => {
    try {
      localStorage.setItem(name, storedSettings({ ...settings, ...change }));
    } catch {
      // A full or forbidden store: the keys stay as they are.
    }
    window.dispatchEvent(new StorageEvent("storage", { key: name }));
  };
  return {
    ...settings,
    setEnterSubmits: (enterSubmits) => write({ enterSubmits }),
    setOn: (on) => write({ on }),
    setKey: (action, key) => write({ keys: { ...settings.keys, [action]: key.toLowerCase() } }),
    reset: () => write(FIRST_SETTINGS),
  };
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
