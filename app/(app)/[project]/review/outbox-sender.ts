import { type Fate, leaseOf, type OutboxEntry, type RefusedEntry, retrySeconds } from "./outbox";
import type { KeptEntry, OutboxStore } from "./outbox-store";

export interface OutboxState {
  /** Decisions that the server does not have yet, oldest first. */
  entries: readonly OutboxEntry[];
  /** Decisions that it will never take. */
  refused: readonly RefusedEntry[];
  /** Why they wait; null while all goes well. */
  stuck: Exclude<Fate, "refused"> | null;
  /** False: this browser keeps nothing, so that closing the page loses what waits. */
  lasting: boolean;
  /** Decisions of other people that wait in this browser. */
  others: number;
  /** What an earlier visit left behind has been read. */
  ready: boolean;
}

/** How sending ended. `back`: it is in its author's hands again; `refused` carries the sentence. */
export type Sent = "done" | "back" | Exclude<Fate, "refused"> | { refused: string };

export interface OutboxSender {
  state: () => OutboxState;
  subscribe: (changed: () => void) => () => void;
  /** True when the decision is kept; false when there is one under the same lease already. */
  add: (entry: OutboxEntry) => Promise<boolean>;
  /** Whether something was decided under this lease: an item that comes again must not be decided twice. */
  knows: (leaseToken: string) => boolean;
  /** Tries at once; true when nothing waits any more. */
  flush: () => Promise<boolean>;
  /** What sends from now on. */
  sendBy: (send: (entry: OutboxEntry) => Promise<Sent>) => void;
  /** Of several tabs only one sends. */
  start: () => Promise<void>;
  stop: () => void;
  discard: (key: string) => Promise<void>;
}

/** A store that takes longer does not answer at all. */
const STORE_SECONDS = 3;

type Send = (entry: OutboxEntry) => Promise<Sent>;
type Wait = (seconds: number, over: () => void) => () => void;

interface Work {
  store: OutboxStore;
  send: Send;
  wait: Wait;
  state: OutboxState;
  /** This tab sends. */
  sending: boolean;
  running: Promise<boolean> | null;
  /** Somebody asked while an attempt was under way: what it began too early to see is tried once more. */
  asked: boolean;
  attempts: number;
  cancelWait: () => void;
  /** Leases under which something was decided. */
  begun: Set<string>;
  listeners: Set<() => void>;
}

/** Keeps decisions in the store and sends them one after the other, each until the server has taken or refused it. */
export function createOutbox(store: OutboxStore, send: Send, wait: Wait = waitOnClock): OutboxSender {
  const work: Work = {
    store,
    send,
    wait,
    state: { entries: [], refused: [], stuck: null, lasting: true, others: 0, ready: false },
    sending: false,
    running: null,
    asked: false,
    attempts: 0,
    cancelWait: () => {},
    begun: new Set(),
    listeners: new Set(),
  };
  return {
    state: () => work.state,
    subscribe: (changed) => {
      work.listeners.add(changed);
      return () => void work.listeners.delete(changed);
    },
    sendBy: (by) => {
      work.send = by;
    },
    add: (entry) => add(work, entry),
    knows: (leaseToken) => work.begun.has(leaseToken),
    flush: () => flush(work),
    start: () => start(work),
    stop() {
      work.sending = false;
      work.cancelWait();
      // The tab that goes on has them: what this one still showed would be out of date. What only memory holds stays.
      if (work.state.lasting) change(work, { entries: [], refused: [], stuck: null });
    },
    async discard(key) {
      await inStore(work, store.forget(key));
      change(work, { refused: work.state.refused.filter((each) => each.key !== key) });
    },
  };
}

function change(work: Work, part: Partial<OutboxState>): void {
  work.state = { ...work.state, ...part };
  for (const each of work.listeners) each();
}

/** False: the browser refuses, and the entry lives on in this page's memory. */
async function inStore(work: Work, writing: Promise<void>): Promise<boolean> {
  const written = writing.then(
    () => true,
    () => false,
  );
  return (await inTime(work, written)) ?? false;
}

/** Null: no answer came. */
async function inTime<T>(work: Work, asked: Promise<T>): Promise<T | null> {
  let cancel = () => {};
  const late = new Promise<null>((resolve) => {
    cancel = work.wait(STORE_SECONDS, () => resolve(null));
  });
  return await Promise.race([asked, late]).finally(() => cancel());
}

async function add(work: Work, entry: OutboxEntry): Promise<boolean> {
  if (work.begun.has(leaseOf(entry))) return false;
  work.begun.add(leaseOf(entry));
  const lasting = await inStore(work, work.store.keep(entry));
  change(work, { entries: [...work.state.entries, entry], lasting });
  void flush(work);
  return true;
}

function flush(work: Work): Promise<boolean> {
  if (work.running) {
    work.asked = true;
    return work.running;
  }
  work.cancelWait();
  work.running = drain(work).finally(() => {
    work.running = null;
    const again = work.asked && work.sending && work.state.entries.length > 0;
    work.asked = false;
    // An attempt that began before somebody signed in again fails after it; a decision kept in its last moment is in nobody's loop.
    if (again) void flush(work);
  });
  return work.running;
}

async function drain(work: Work): Promise<boolean> {
  for (let entry = work.state.entries[0]; entry; entry = work.state.entries[0])
    if (!work.sending || !(await sendFirst(work, entry))) return false;
  return true;
}

async function sendFirst(work: Work, entry: OutboxEntry): Promise<boolean> {
  const sent = await work.send(entry);
  if (typeof sent === "string" && sent !== "done" && sent !== "back") {
    work.attempts += 1;
    change(work, { stuck: sent });
    if (work.sending) work.cancelWait = work.wait(retrySeconds(work.attempts), () => void flush(work));
    return false;
  }
  work.attempts = 0;
  const refused = typeof sent === "string" ? null : { ...entry, refused: sent.refused };
  await inStore(work, refused ? work.store.keep(refused) : work.store.forget(entry.key));
  if (sent === "back") work.begun.delete(leaseOf(entry));
  change(work, {
    stuck: null,
    entries: work.state.entries.filter((each) => each.key !== entry.key),
    ...(refused ? { refused: [...work.state.refused, refused] } : {}),
  });
  return true;
}

async function start(work: Work): Promise<void> {
  work.sending = true;
  const found = await inTime(work, readAll(work.store));
  for (const each of found?.kept ?? []) work.begun.add(leaseOf(each));
  const read = found ? merged(work.state, found.kept, found.others) : { lasting: false };
  change(work, { ...read, ready: true });
  void flush(work);
}

async function readAll(store: OutboxStore): Promise<{ kept: KeptEntry[]; others: number } | null> {
  try {
    return { kept: await store.read(), others: await store.countOthers() };
  } catch {
    return null;
  }
}

/** What an earlier visit left comes first. */
function merged(state: OutboxState, kept: readonly KeptEntry[], others: number): Partial<OutboxState> {
  const isRefused = (entry: KeptEntry): entry is RefusedEntry => "refused" in entry;
  const known = new Set(kept.map((each) => each.key));
  return {
    entries: [
      ...kept.filter((each) => !isRefused(each)),
      ...state.entries.filter((each) => !known.has(each.key)),
    ],
    refused: kept.filter(isRefused),
    lasting: true,
    others,
  };
}

function waitOnClock(seconds: number, over: () => void): () => void {
  const timer = setTimeout(over, seconds * 1_000);
  return () => clearTimeout(timer);
}
