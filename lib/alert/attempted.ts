/** How one attempt to deliver a message ended. */
export interface Attempted {
  delivered: boolean;
  status: number | null;
  outcome: string;
  /** One sentence for the log. */
  detail: string;
  /** The receiver says that it is gone for good. */
  gone: boolean;
  retryAfterSeconds: number | null;
}

/** It ended before there was an answer. */
export function failed(outcome: string, detail: string): Attempted {
  return { delivered: false, status: null, outcome, detail, gone: false, retryAfterSeconds: null };
}
