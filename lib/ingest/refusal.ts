import type { IncomingMessage } from "node:http";

/** Why a request was not taken. Nothing of it was stored. */
export class Refusal extends Error {
  readonly status: RefusalStatus;
  readonly reason: string;
  readonly retryAfterSeconds: number | undefined;
  /** The rest of the body is not worth reading: answer and close. */
  readonly close: boolean;
  /** More members of the problem document. */
  readonly details: Record<string, unknown>;
  readonly headers: Record<string, string>;

  constructor(status: RefusalStatus, reason: string, message: string, options: RefusalOptions = {}) {
    super(message);
    this.name = "Refusal";
    this.status = status;
    this.reason = reason;
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.close = options.close ?? false;
    this.details = options.details ?? {};
    this.headers = options.headers ?? {};
  }
}

export type RefusalStatus = keyof typeof REFUSALS;

interface RefusalOptions {
  retryAfterSeconds?: number;
  close?: boolean;
  details?: Record<string, unknown>;
  headers?: Record<string, string>;
}

export const REFUSALS = {
  400: { code: "INVALID", title: "Bad request" },
  401: { code: "UNAUTHENTICATED", title: "Not authenticated" },
  403: { code: "FORBIDDEN", title: "Not allowed" },
  404: { code: "NOT_FOUND", title: "Not found" },
  409: { code: "CONFLICT", title: "Conflict" },
  413: { code: "INVALID", title: "Too large" },
  415: { code: "INVALID", title: "Unsupported media type" },
  422: { code: "INVALID", title: "Not valid" },
  429: { code: "LIMIT", title: "Too many requests" },
  500: { code: "INTERNAL", title: "Internal error" },
  503: { code: "UNAVAILABLE", title: "Temporarily unavailable" },
} as const;

/** A header that must not come twice; undefined when it is absent. @throws Refusal */
export function onlyHeader(request: IncomingMessage, name: string): string | undefined {
  let found: string | undefined;
  for (let at = 0; at < request.rawHeaders.length; at += 2) {
    if (request.rawHeaders[at]?.toLowerCase() !== name) continue;
    if (found !== undefined) throw new Refusal(400, "header_twice", `The header ${name} was sent twice.`);
    found = request.rawHeaders[at + 1];
  }
  return found;
}
