import { sqlState } from "@/lib/db/sql-state";
import { retrySeconds } from "./admission";
import { Refusal } from "./refusal";

/** Connection, resources (disk, memory, slots), shutdown, read-only, lost races, lock and statement timeouts. */
const PASSING = /^(08|53|57|25006|25P03|40001|40P01|55P03|58)/;

/** True for a fault after which the same request can succeed. An error without an SQL state is a lost connection. */
export function isPassingFault(error: unknown): boolean {
  const state = sqlState(error);
  return state === undefined ? isConnectionFault(error) : PASSING.test(state);
}

/** The driver tells lost connections by sentence only; bugs of ours are other kinds of errors. */
function isConnectionFault(error: unknown): boolean {
  if (!(error instanceof Error) || error instanceof Refusal) return false;
  const code = (error as NodeJS.ErrnoException).code;
  if (typeof code === "string")
    return /^(E(CONN|PIPE|TIMEDOUT|HOST|NET|AI_AGAIN)|P(1001|1002|1008|1017|2024|2028|2034)$)/.test(code);
  return /connection|timeout|not queryable|pool/i.test(error.message) && error.constructor === Error;
}

/** What the sender is told while the database is away. */
export function databaseAway(error: unknown): Refusal {
  const full = sqlState(error) === "53100";
  return new Refusal(
    503,
    full ? "storage_full" : "database_unavailable",
    "The database cannot take this right now. Nothing was acknowledged; send it again.",
    { retryAfterSeconds: full ? 60 : retrySeconds() },
  );
}
