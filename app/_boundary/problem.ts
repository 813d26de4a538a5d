import { AppError, type ErrorCode, type ErrorDetails } from "@/lib/core/errors";
import { log } from "@/lib/core/log";
import { sqlState } from "@/lib/db/sql-state";

/** RFC 9457 problem details: the shape of every error that leaves the JSON API. */
export interface Problem {
  type: "about:blank";
  title: string;
  status: number;
  detail: string;
  code: ErrorCode | "INTERNAL";
  reason?: string;
  fields?: Record<string, string>;
  request_id: string;
}

/** A request that breaks HTTP's own rules before any use case sees it: 400, 405, 413 or 415. */
export class RefusedRequest extends Error {
  readonly status: 400 | 405 | 413 | 415;
  readonly reason: string;

  constructor(status: 400 | 405 | 413 | 415, reason: string, message: string) {
    super(message);
    this.name = "RefusedRequest";
    this.status = status;
    this.reason = reason;
  }
}

/** One sentence for foreign, missing and malformed alike: nobody learns what exists elsewhere. */
export function nothingHere(): AppError {
  return new AppError("NOT_FOUND", "There is nothing at this address, or you have no access to it.");
}

const TITLES: Record<number, string> = {
  400: "Bad request",
  401: "Sign in first",
  403: "Not allowed",
  404: "Not found",
  405: "Method not allowed",
  409: "Conflict",
  410: "Gone",
  413: "Too large",
  415: "Unsupported media type",
  422: "Not valid",
  429: "Too many requests",
  500: "Internal error",
  503: "Temporarily unavailable",
};

/** The answer for any error; what is no outcome of ours is logged with its cause and leaves as a bare 500. */
export function problemResponse(error: unknown, requestId: string): Response {
  const known = knownError(error);
  if (!known) log().error({ requestId, err: error }, "request failed");
  const status = known?.status ?? 500;
  const details: ErrorDetails = known?.details ?? {};
  const problem: Problem = {
    type: "about:blank",
    title: TITLES[status] ?? "Error",
    status,
    detail: known?.message ?? "Something went wrong on our side. Quote the request id when you report it.",
    code: known?.code ?? "INTERNAL",
    ...(details.reason ? { reason: details.reason } : {}),
    ...(details.fields ? { fields: details.fields } : {}),
    request_id: requestId,
  };
  const headers = new Headers({ "content-type": "application/problem+json" });
  if (details.retryAfterSeconds) headers.set("retry-after", String(Math.ceil(details.retryAfterSeconds)));
  return new Response(JSON.stringify(problem), { status, headers });
}

interface KnownError {
  status: number;
  code: ErrorCode;
  message: string;
  details: ErrorDetails;
}

function knownError(error: unknown): KnownError | null {
  if (error instanceof AppError) return error;
  if (error instanceof RefusedRequest) {
    return {
      status: error.status,
      code: "INVALID",
      message: error.message,
      details: { reason: error.reason },
    };
  }
  if (databaseIsAway(error)) {
    return {
      status: 503,
      code: "UNAVAILABLE",
      message: "The database cannot take this right now. Nothing was stored; try again shortly.",
      details: { reason: "database_unavailable", retryAfterSeconds: 5 },
    };
  }
  return null;
}

const AWAY_SOCKET = new Set(["ECONNREFUSED", "ECONNRESET", "EPIPE"]);
const AWAY_PRISMA = new Set(["P1001", "P1002", "P1008", "P1017", "P2024", "P2028", "P2034"]);

/** Lost connection, no slot, disk full, read-only, shutting down, statement or lock timeout, lost race: a retry makes sense. */
function databaseIsAway(error: unknown): boolean {
  const state = sqlState(error);
  if (state && /^(08|53|57P|25006|40001|40P01|55P03|57014)/.test(state)) return true;
  if (typeof error !== "object" || error === null) return false;
  const code = (error as { code?: unknown }).code;
  return typeof code === "string" && (AWAY_PRISMA.has(code) || AWAY_SOCKET.has(code));
}
