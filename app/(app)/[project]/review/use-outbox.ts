"use client";

import { useEffect, useMemo, useSyncExternalStore } from "react";
import type { OutboxEntry } from "./outbox";
import { createOutbox, type OutboxSender, type OutboxState, type Sent } from "./outbox-sender";
import { browserStore } from "./outbox-store";

export interface Outbox extends Pick<OutboxSender, "add" | "knows" | "flush" | "discard">, OutboxState {
  /** Decisions that the server does not have yet. */
  waiting: number;
}

/** One person's decisions in one project, sent by the one tab in which they work. */
export function useOutbox(
  owner: string,
  project: string,
  active: boolean,
  send: (entry: OutboxEntry) => Promise<Sent>,
): Outbox {
  // Nothing is sent before it starts, in an effect behind the one that says how.
  const sender = useMemo(
    () => createOutbox(browserStore(owner, project), async () => "retry"),
    [owner, project],
  );
  useEffect(() => sender.sendBy(send));
  const state = useSyncExternalStore(sender.subscribe, sender.state, sender.state);
  useEffect(() => {
    if (!active) return;
    void sender.start();
    return () => sender.stop();
  }, [active, sender]);

  const stuck = state.stuck !== null;
  useEffect(() => {
    if (!stuck) return;
    const again = () => void sender.flush();
    const signs = ["online", "focus"] as const;
    for (const sign of signs) window.addEventListener(sign, again);
    return () => {
      for (const sign of signs) window.removeEventListener(sign, again);
    };
  }, [stuck, sender]);
  return {
    ...state,
    waiting: state.entries.length,
    add: sender.add,
    knows: sender.knows,
    flush: sender.flush,
    discard: sender.discard,
  };
}
