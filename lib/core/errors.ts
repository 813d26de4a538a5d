/** The eight outcomes that a caller may see; everything else is a bug. Mapped to HTTP in `app/_boundary` and the doors only. */
export const ERROR_STATUS = {
  INVALID: 422,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  GONE: 410,
  LIMIT: 429,
  UNAVAILABLE: 503,
} as const;

export type ErrorCode = keyof typeof ERROR_STATUS;

export interface ErrorDetails {
  /** Machine-readable reason inside the code, for example `lease_lost`. */
  reason?: string;
  /** Messages per input field, for forms. */
  fields?: Record<string, string>;
  /** Seconds after which a retry makes sense. */
  retryAfterSeconds?: number;
}

/** An error with a sentence that the person or machine at the other end can act on. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}, options?: ErrorOptions) {
    super(message, options);
    this.name = "AppError";
    this.code = code;
    this.details = details;
  }

  get status(): number {
    return ERROR_STATUS[this.code];
  }
}
