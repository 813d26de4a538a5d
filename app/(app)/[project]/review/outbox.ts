/** A decision that is kept on this device until the server has it. */
export interface OutboxEntry {
  /** Also the submission key: sent twice, it is stored once. */
  key: string;
  /**
   * `answer`: given while the output could not be shown; it is compared before it is submitted. `undo` waits in the same row, so
   * that it never takes back what was decided after it.
   */
  path: "submit" | "skip" | "answer" | "undo";
  body: Readonly<Record<string, unknown>>;
  /** Of an `answer`: something is asked about the output itself. */
  wantsLook?: boolean;
  /** The case's number, for a person who wants to know what waits. */
  reference: string;
}

export interface RefusedEntry extends OutboxEntry {
  /** Why the server will never take it. */
  refused: string;
}

export type Fate = "retry" | "sign-in" | "role" | "person" | "refused";

/** What becomes of an entry whose sending failed with this status; 0 = the server was not reached. */
export function fateOf(status: number, reason?: string): Fate {
  if (status === 401) return "sign-in";
  // Whoever is no member any more finds nothing under the project's address.
  if (status === 403 || status === 404) return "role";
  if (status === 409 && reason === "other_person") return "person";
  return status === 0 || status === 408 || status === 429 || status >= 500 ? "retry" : "refused";
}

/** Seconds to wait before the n-th attempt after a failure. */
export function retrySeconds(attempt: number): number {
  return Math.min(30, 2 ** (Math.max(1, Math.min(attempt, 6)) - 1));
}

/** What an entry decides about: one lease takes one decision. */
export function leaseOf(entry: OutboxEntry): string {
  const { lease_token: lease } = entry.body;
  return typeof lease === "string" ? lease : entry.key;
}

/** Everything that is not sent, as text to be kept elsewhere. */
export function unsentText(entries: readonly OutboxEntry[]): string {
  return JSON.stringify(
    entries.map(({ reference, path, body }) => {
      const { answer, outcome, reason, overrule, comment } = body;
      return {
        case: reference,
        decision: path === "skip" ? outcome : "ANSWERED",
        answer,
        overrule,
        reason,
        comment,
      };
    }),
    null,
    2,
  );
}

/** randomUUID exists on secure addresses only; this runs on plain http in a local network too. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
