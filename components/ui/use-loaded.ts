"use client";

import { useCallback, useEffect, useRef, useState } from "react";

/**
 * A part of the page that is fetched only when somebody reaches for it: [what was fetched, or null; fetch it]. What could not be
 * fetched is null, and is tried again the next time. `load` is a constant of the module.
 */
export function useLoaded<T>(load: () => Promise<T>): [T | null, () => Promise<T | null>] {
  const [loaded, setLoaded] = useState<T | null>(null);
  const fetchPart = useCallback(async () => {
    try {
      const part = await load();
      setLoaded(() => part);
      return part;
    } catch {
      return null;
    }
  }, [load]);
  return [loaded, fetchPart];
}

/** Fetches once the page has nothing else to do, so that it is there when the connection is not. */
export function useWhenIdle(work: () => unknown): void {
  const latest = useRef(work);
  useEffect(() => {
    latest.current = work;
  });
  useEffect(() => {
    // Safari has no idle callback.
    if (typeof window.requestIdleCallback !== "function") {
      const timer = setTimeout(() => latest.current(), 1_500);
      return () => clearTimeout(timer);
    }
    const handle = window.requestIdleCallback(() => latest.current(), { timeout: 5_000 });
    return () => window.cancelIdleCallback(handle);
  }, []);
}
