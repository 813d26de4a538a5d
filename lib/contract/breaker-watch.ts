import type { PrismaClient } from "@/lib/db/generated/client";
import { inTransaction } from "@/lib/db/transaction";
import { log } from "@/lib/core/log";
import { type ApartPaths, mergeSeen, type SeenCounts, seenRecords, seenRows } from "./count-seen";
import { massShare } from "./mass-violation";
import { forgetCounts, suspendedCodes, type WatchedContract, watchBreakers } from "./watch-breakers";

const FLUSH_MS = 1_000;
/** While a code looks like a mass violation, counts are written more often: every quarter of a second, or fifty records. */
const HASTY_MS = 250;
const HASTY_RECORDS = 50;
const STALE_MS = 5_000;
const FORGET_MS = 10 * 60_000;
const MOST_PROJECTS = 1_000;

interface Entry {
  contract: WatchedContract;
  pending: SeenCounts;
  apart: ApartPaths;
  flushedAt: number;
  forgotAt: number;
  suspended: ReadonlySet<string>;
  writing: Promise<void> | null;
  timer: NodeJS.Timeout | null;
}

export interface BreakerWatch {
  /** Counts judged records and says which codes hold nothing back: known now, or just found. */
  see(projectId: string, contract: WatchedContract, seen: SeenCounts): Promise<ReadonlySet<string>>;
  /** The same without counting. */
  suspended(projectId: string, contract: WatchedContract): Promise<ReadonlySet<string>>;
}

/**
 * What one server has seen, added to the counts in the database once a second: no write per record and none in the transaction that
 * stores records. A server that is killed takes at most a second of counts with it, of records as of violations, and no record.
 */
export function breakerWatch(db: PrismaClient, now: () => number = () => performance.now()): BreakerWatch {
  const entries = new Map<string, Entry>();
  const clock = { db, now };

  function entryFor(projectId: string, contract: WatchedContract): Entry {
    const known = entries.get(projectId);
    if (known?.contract.version === contract.version) return known;
    if (known?.timer) clearTimeout(known.timer);
    if (entries.size >= MOST_PROJECTS) entries.clear();
    const never = Number.NEGATIVE_INFINITY;
    const entry: Entry = {
      contract,
      pending: new Map(),
      apart: new Map(),
      flushedAt: never,
      forgotAt: now(),
      suspended: new Set(),
      writing: null,
      timer: null,
    };
    entries.set(projectId, entry);
    return entry;
  }

  return {
    async see(projectId, contract, seen) {
      const entry = entryFor(projectId, contract);
      mergeSeen(entry.pending, seen, entry.apart);
      const age = now() - entry.flushedAt;
      const hasty = looksBroken(entry);
      if (age > STALE_MS || (hasty && (age > HASTY_MS || seenRecords(entry.pending) >= HASTY_RECORDS))) {
        // A write that runs already has not seen these.
        if (entry.writing) await entry.writing;
        await write(clock, projectId, entry);
      } else if (age > FLUSH_MS) void write(clock, projectId, entry);
      else schedule(clock, projectId, entry);
      return entry.suspended;
    },
    async suspended(projectId, contract) {
      const entry = entryFor(projectId, contract);
      if (now() - entry.flushedAt <= FLUSH_MS) return entry.suspended;
      entry.suspended = await suspendedCodes(db, projectId, contract.version);
      return entry.suspended;
    },
  };
}

interface Clocked {
  db: PrismaClient;
  now: () => number;
}

/** One write of a project at a time; what comes meanwhile waits for the next. Never throws: counts may be lost, records may not. */
function write(clock: Clocked, projectId: string, entry: Entry): Promise<void> {
  return (entry.writing ??= writeNow(clock, projectId, entry).finally(() => {
    entry.writing = null;
  }));
}

async function writeNow({ db, now }: Clocked, projectId: string, entry: Entry): Promise<void> {
  const rows = seenRows(entry.pending);
  entry.pending = new Map();
  entry.flushedAt = now();
  try {
    entry.suspended = await inTransaction(db, (tx) => watchBreakers(tx, projectId, entry.contract, rows));
    if (now() - entry.forgotAt < FORGET_MS) return;
    entry.forgotAt = now();
    await forgetCounts(db, projectId);
  } catch (error) {
    log().warn({ err: error, projectId }, "what records broke in the last second was not counted");
  }
}

function schedule(clock: Clocked, projectId: string, entry: Entry): void {
  entry.timer ??= setTimeout(() => {
    entry.timer = null;
    void write(clock, projectId, entry);
  }, FLUSH_MS).unref();
}

/** A code that is not suspended yet has a share as of a mass violation in what is not written. */
function looksBroken({ pending, contract, suspended }: Entry): boolean {
  const records = seenRecords(pending);
  const codes = new Map<string, number>();
  for (const minute of pending.values()) {
    for (const [code, count] of minute.codes) codes.set(code, (codes.get(code) ?? 0) + count);
  }
  return [...codes].some(
    ([code, count]) => !suspended.has(code) && count >= massShare(contract.expected.get(code) ?? 0) * records,
  );
}
