"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { ApiProblem, problemSentence } from "@/components/ui/fetch-json";
import type { SavedReview } from "@/lib/review/wire-schema";
import {
  fateOf,
  forgetEntry,
  keepEntry,
  type OutboxEntry,
  outboxName,
  readEntries,
  retrySeconds,
} from "./outbox";

export interface Outbox {
  /** Decisions that the server does not have yet. */
  waiting: number;
  /** Why they wait; null while all goes well. */
  stuck: "retry" | "sign-in" | null;
  add: (entry: OutboxEntry) => void;
  /** Tries at once; true when nothing waits any more. */
  flush: () => Promise<boolean>;
}

interface Handlers {
  owner: string;
  project: string;
  send: (entry: OutboxEntry) => Promise<SavedReview>;
  onSaved: (saved: SavedReview) => void;
  onRefused: (sentence: string) => void;
}

/** Sends decisions in their order, keeps them over reloads, and tries again after failures of the network or the sign-in. */
export function useOutbox(handlers: Handlers): Outbox {
  const { owner, project } = handlers;
  const name = outboxName(owner, project);
  const latest = useRef(handlers);
  const entries = useRef<OutboxEntry[]>([]);
  const running = useRef<Promise<boolean> | null>(null);
  const attempts = useRef(0);
  const [waiting, setWaiting] = useState(0);
  const [stuck, setStuck] = useState<Outbox["stuck"]>(null);
  useEffect(() => {
    latest.current = handlers;
  });

  const drain = useCallback(async (): Promise<boolean> => {
    for (let entry = entries.current[0]; entry; entry = entries.current[0]) {
      const fate = await sendOne(latest.current, entry);
      const stays = fate === "retry" || fate === "sign-in";
      attempts.current = stays ? attempts.current + 1 : 0;
      setStuck(stays ? fate : null);
      if (stays) return false;
      forgetEntry(localStorage, name, entry.key);
      entries.current = entries.current.filter((each) => each.key !== entry.key);
      setWaiting(entries.current.length);
    }
    return true;
  }, [name]);

  const flush = useCallback((): Promise<boolean> => {
    if (running.current) return running.current;
    const draining = drain().finally(() => {
      running.current = null;
    });
    running.current = draining;
    return draining;
  }, [drain]);

  const add = useCallback(
    (entry: OutboxEntry) => {
      keepEntry(localStorage, name, entry);
      entries.current = [...entries.current, entry];
      setWaiting(entries.current.length);
      void flush();
    },
    [flush, name],
  );

  useEffect(() => {
    const known = new Set(entries.current.map((each) => each.key));
    entries.current = [
      ...readEntries(localStorage, name).filter((each) => !known.has(each.key)),
      ...entries.current,
    ];
    setWaiting(entries.current.length);
    void flush();
  }, [flush, name]);

  useRetries(stuck !== null && waiting > 0, attempts, flush);
  return { waiting, stuck, add, flush };
}

/** Tries again with growing pauses, and at once when the network or the person comes back. */
function useRetries(needed: boolean, attempts: { current: number }, flush: () => Promise<boolean>): void {
  useEffect(() => {
    if (!needed) return;
    const again = () => void flush();
    const timer = setInterval(again, retrySeconds(attempts.current) * 1_000);
    window.addEventListener("online", again);
    window.addEventListener("focus", again);
    return () => {
      clearInterval(timer);
      window.removeEventListener("online", again);
      window.removeEventListener("focus", again);
    };
  }, [needed, attempts, flush]);
}

async function sendOne(
  handlers: Handlers,
  entry: OutboxEntry,
): Promise<"saved" | "retry" | "sign-in" | "refused"> {
  try {
    handlers.onSaved(await handlers.send(entry));
    return "saved";
  } catch (error) {
    const fate = error instanceof ApiProblem ? fateOf(error.status) : "retry";
    if (fate === "refused") handlers.onRefused(problemSentence(error));
    return fate;
  }
}
