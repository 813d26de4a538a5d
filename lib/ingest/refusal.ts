import type { IncomingMessage } from "node:http";

/** Why a request was not taken. Nothing of it was stored. */
export class Refusal extends Error {
  readonly status: keyof typeof REFUSALS;
  /** For machines; the message is for people. */
  readonly reason: string;
  readonly options: RefusalOptions;

  constructor(status: keyof typeof REFUSALS, reason: string, message: string, options: RefusalOptions = {}) {
    super(message);
    this.status = status;
    this.reason = reason;
    this.options = options;
  }
}

interface RefusalOptions {
  retryAfterSeconds?: number;
  /** The rest of the body is not worth reading: answer and close. */
  close?: boolean;
  /** More members of the problem document. */
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
