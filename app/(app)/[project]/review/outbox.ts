/** A decision that is kept in this browser until the server has it. */
export interface OutboxEntry {
  /** Also the submission key: sent twice, it is stored once. */
  key: string;
  path: "submit" | "skip";
  body: Readonly<Record<string, unknown>>;
  at: number;
}

type Store = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;

/** One item of the store per entry, so that two tabs never write over each other. */
export function outboxName(owner: string, project: string): string {
  return `assay-review:${owner}:${project}:`;
}

export function keepEntry(store: Store, name: string, entry: OutboxEntry): void {
  try {
    store.setItem(name + entry.key, JSON.stringify(entry));
  } catch {
    // A full or forbidden store: the entry lives on in this page's memory.
  }
}

export function forgetEntry(store: Store, name: string, key: string): void {
  try {
    store.removeItem(name + key);
  } catch {
    // As above.
  }
}

/** What an earlier visit left behind, oldest first. */
export function readEntries(store: Store, name: string): OutboxEntry[] {
  const found: OutboxEntry[] = [];
  try {
    for (let i = 0; i < store.length; i += 1) {
      const key = store.key(i);
      if (!key?.startsWith(name)) continue;
      const entry = parseEntry(store.getItem(key));
      if (entry) found.push(entry);
    }
  } catch {
    return [];
  }
  return found.sort((a, b) => a.at - b.at);
}

function parseEntry(text: string | null): OutboxEntry | null {
  try {
    const value = JSON.parse(text ?? "null") as Partial<OutboxEntry> | null;
    const known =
      typeof value?.key === "string" &&
      (value.path === "submit" || value.path === "skip") &&
      typeof value.body === "object" &&
      typeof value.at === "number";
    return known ? (value as OutboxEntry) : null;
  } catch {
    return null;
  }
}

export type Fate = "retry" | "sign-in" | "refused";

/** What becomes of an entry whose sending failed with this status; 0 = the server was not reached. */
export function fateOf(status: number): Fate {
  if (status === 401) return "sign-in";
  return status === 0 || status === 408 || status === 429 || status >= 500 ? "retry" : "refused";
}

/** Seconds to wait before the n-th attempt after a failure. */
export function retrySeconds(attempt: number): number {
  return Math.min(30, 2 ** Math.min(attempt, 5));
}

/** randomUUID exists on secure addresses only; this runs on plain http in a local network too. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
