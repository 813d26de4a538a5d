"use client";

import { useEffect, useRef, useState } from "react";

import type { HeldQuery } from "@/lib/ingest/held-schema";

import { type Deed, type SettledGroup, settleGroup } from "./settle-group";

/** How far the work on a group is. */
export interface Settling {
  done: number;
  total: number;
  seconds: number;
}

/** Settles a group, says how far it is, and stops when asked or when the page is left; what is done by then stays done. */
export function useSettling(slug: string): {
  at: Settling | null;
  settle: (group: HeldQuery, deed: Deed, total: number) => Promise<SettledGroup>;
  stop: () => void;
} {
  const [at, setAt] = useState<Settling | null>(null);
  const stopper = useRef<AbortController | null>(null);
  useEffect(() => () => stopper.current?.abort(), []);

  async function settle(group: HeldQuery, deed: Deed, total: number): Promise<SettledGroup> {
    const stop = new AbortController();
    stopper.current = stop;
    const started = Date.now();
    const note = (done: number) => setAt({ done, total, seconds: (Date.now() - started) / 1_000 });
    note(0);
    try {
      return await settleGroup(slug, group, deed, { signal: stop.signal, onDone: note });
    } finally {
      setAt(null);
    }
  }

  return { at, settle, stop: () => stopper.current?.abort() };
}
