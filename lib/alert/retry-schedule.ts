/** Seconds after the attempt before: the schedule of Standard Webhooks, about three days in all. */
const DELAYS = [0, 5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];
/** Up to so much later, so that what failed together is not tried again together. */
const JITTER = 0.2;
const LONGEST_RETRY_AFTER = 86_400;

/**
 * Seconds until the next attempt when `made` attempts have failed; null when there is none. `random` in [0, 1). The receiver may ask for
 * more patience (Retry-After), up to a day, but never for less.
 */
export function retryDelaySeconds(
  made: number,
  random: number,
  retryAfterSeconds: number | null,
): number | null {
  const delay = DELAYS[made];
  if (delay === undefined) return null;
  const asked = Math.min(LONGEST_RETRY_AFTER, retryAfterSeconds ?? 0);
  return Math.max(delay * (1 + JITTER * random), asked);
}

/** `120` or an HTTP date, in seconds from now; null when it says nothing that can be read. */
export function readRetryAfter(header: string | null, now: Date): number | null {
  if (header === null) return null;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header);
  const at = /^[A-Z][a-z]{2}, /.test(header) ? Date.parse(header) : Number.NaN;
  return Number.isNaN(at) ? null : Math.max(0, (at - now.getTime()) / 1_000);
}
