import type { JsonSchema } from "./json-schema";

const MEANING = {
  400: "The request breaks HTTP's own rules, or its body is none.",
  401: "The key is missing, wrong or revoked.",
  403: "The key's scopes do not allow it.",
  404: "There is nothing at this address, or this key may not see it.",
  409: "The first request with this Idempotency-Key is still being stored: send again.",
  413: "Too large: send it in parts.",
  415: "Neither JSON nor NDJSON.",
  422: "Not valid; `fields` or `detail` says why.",
  429: "Too many requests: wait for Retry-After.",
  503: "For the moment it cannot be taken: wait for Retry-After and send again.",
} as const;
const NAMES = {
  400: "BadRequest",
  401: "Unauthenticated",
  403: "NotAllowed",
  404: "NotFound",
  409: "Conflict",
  413: "TooLarge",
  415: "UnsupportedMediaType",
  422: "NotValid",
  429: "TooManyRequests",
  503: "Unavailable",
} as const satisfies Record<keyof typeof MEANING, string>;
const STATUSES = Object.keys(MEANING).map(Number) as (keyof typeof MEANING)[];

/** The errors that an address answers, each as a problem document. */
export function problemAnswers(statuses: readonly (keyof typeof MEANING)[]): JsonSchema {
  return Object.fromEntries(
    statuses.map((status) => [status, { $ref: `#/components/responses/${NAMES[status]}` }]),
  );
}

/** For `components.responses`. */
export function problemResponses(): JsonSchema {
  const content = { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } };
  return Object.fromEntries(
    STATUSES.map((status) => [NAMES[status], { description: MEANING[status], content }]),
  );
}

/** RFC 9457, as app/_boundary/problem.ts and lib/ingest/serve-request.ts write it. */
export const PROBLEM_SCHEMA: JsonSchema = {
  type: "object",
  required: ["type", "title", "status", "detail", "code", "request_id"],
  properties: {
    type: { const: "about:blank" },
    title: { type: "string" },
    status: { type: "integer" },
    detail: { type: "string", description: "For people." },
    code: { type: "string", description: "For machines: one word a class of errors." },
    reason: { type: "string", description: "For machines: what exactly." },
    fields: { type: "object", additionalProperties: { type: "string" }, description: "What is wrong where." },
    request_id: { type: "string", description: "Quote it when you report the error." },
  },
};
