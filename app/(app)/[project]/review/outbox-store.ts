import type { OutboxEntry, RefusedEntry } from "./outbox";

export type KeptEntry = OutboxEntry | RefusedEntry;

/** Where the decisions of one person in one project wait; every method rejects when the browser refuses. */
export interface OutboxStore {
  /** Oldest first, in the order in which they were kept: the device's clock plays no part. */
  read: () => Promise<KeptEntry[]>;
  /** Resolves when the entry is on the disk. Kept again, it takes its old place. */
  keep: (entry: KeptEntry) => Promise<void>;
  forget: (key: string) => Promise<void>;
  /** How many decisions of other people wait in this browser. */
  countOthers: () => Promise<number>;
}

const DATABASE = "assay-review";
const STORE = "decision";
const NO_REASON = "The browser's store gave no reason.";

interface Row {
  seq?: number;
  key: string;
  owner: string;
  project: string;
  entry: KeptEntry;
}

/** In IndexedDB, which outlives reloads, crashes and closing. A person's rows are read by that person only. */
export function browserStore(owner: string, project: string): OutboxStore {
  let opened: Promise<IDBDatabase> | null = null;
  const open = () => {
    opened ??= openDatabase().catch((error: unknown) => {
      opened = null;
      throw error;
    });
    return opened;
  };
  const rows = async () => {
    const store = (await open()).transaction(STORE).objectStore(STORE);
    return await answerOf(store.getAll() as IDBRequest<Row[]>);
  };
  const write = async (
    work: (store: IDBObjectStore, known: IDBValidKey | undefined) => void,
    key: string,
  ) => {
    // Without it an answer that was said to be kept could be lost with the machine's power.
    const transaction = (await open()).transaction(STORE, "readwrite", { durability: "strict" });
    const store = transaction.objectStore(STORE);
    const done = endOf(transaction);
    const known = store.index("key").getKey(key);
    known.addEventListener("success", () => work(store, known.result));
    await done;
  };
  return {
    read: async () =>
      (await rows()).filter((row) => row.owner === owner && row.project === project).map((row) => row.entry),
    keep: (entry) =>
      write((store, known) => {
        const row: Row = { key: entry.key, owner, project, entry };
        store.put(known === undefined ? row : { ...row, seq: known as number });
      }, entry.key),
    forget: (key) =>
      write((store, known) => {
        if (known !== undefined) store.delete(known);
      }, key),
    countOthers: async () => (await rows()).filter((row) => row.owner !== owner).length,
  };
}

function openDatabase(): Promise<IDBDatabase> {
  const request = indexedDB.open(DATABASE, 1);
  request.addEventListener("upgradeneeded", () => {
    const store = request.result.createObjectStore(STORE, { keyPath: "seq", autoIncrement: true });
    store.createIndex("key", "key", { unique: true });
  });
  return answerOf(request);
}

function answerOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error ?? new Error(NO_REASON)));
  });
}

function endOf(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.addEventListener("complete", () => resolve());
    // Every error ends in an abort.
    transaction.addEventListener("abort", () => reject(transaction.error ?? new Error(NO_REASON)));
  });
}
