import { closeSync, openSync, readFileSync, writeSync } from "node:fs";

/** Unknown (time-out, reset) may or may not have happened. */
export type Outcome = "ok" | "fail" | "unknown";

/** What the sender means by a record: a new output, other content under a taken id, or one that cannot be taken. */
export type Intent = "fresh" | "conflict" | "broken";

export interface SentRecord {
  id: string;
  intent: Intent;
  /** Of the content as sent; see `contentHash`. */
  hash: string;
}

/** received = the sum of the others, per source and hour and so in sum. */
export interface Counters {
  received: number;
  accepted: number;
  flagged: number;
  duplicates: number;
  conflicts: number;
  quarantined: number;
  refused: number;
}

/** One request of one producer, written down when its outcome is known. Times in milliseconds. */
export interface Operation {
  process: number;
  op: "ingest";
  start: number;
  end: number;
  outcome: Outcome;
  /** HTTP status, null without an answer. */
  status: number | null;
  records: SentRecord[];
  /** As answered, for `ok`. */
  counters: Counters | null;
}

export const COUNTER_NAMES = [
  "received",
  "accepted",
  "flagged",
  "duplicates",
  "conflicts",
  "quarantined",
  "refused",
] as const satisfies readonly (keyof Counters)[];

export interface HistoryFile {
  append(operation: Operation): void;
  close(): void;
}

/** One JSON line per operation, so that a red run can be looked at afterwards. */
export function openHistory(path: string): HistoryFile {
  const file = openSync(path, "a");
  return {
    append: (operation) => void writeSync(file, `${JSON.stringify(operation)}\n`),
    close: () => closeSync(file),
  };
}

export function readHistory(path: string): Operation[] {
  return readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line): Operation => JSON.parse(line));
}
