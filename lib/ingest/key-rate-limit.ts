import { Refusal } from "./refusal";

export interface RateLimits {
  requestsPerSecond: number;
  bytesPerSecond: number;
}

/** Far above an honest sender: one that runs wild must not starve the others. Per key and process. */
export const DEFAULT_RATE: RateLimits = { requestsPerSecond: 10_000, bytesPerSecond: 100 * 1024 * 1024 };

const MOST_KEYS = 10_000;

interface Bucket {
  requests: number;
  bytes: number;
  at: number;
}

export interface KeyRateLimit {
  /** Counts one request of `bytes`; returns the headers that tell the sender where it stands. @throws Refusal 429 */
  (key: string, bytes: number): Record<string, string>;
}

/** Token buckets that hold one second's worth. */
export function keyRateLimit(limits: RateLimits, now: () => number = () => performance.now()): KeyRateLimit {
  const buckets = new Map<string, Bucket>();
  const policy = `"requests";q=${limits.requestsPerSecond};w=1`;
  return (key, bytes) => {
    if (buckets.size >= MOST_KEYS) buckets.clear();
    const bucket = buckets.get(key) ?? {
      requests: limits.requestsPerSecond,
      bytes: limits.bytesPerSecond,
      at: now(),
    };
    buckets.set(key, bucket);
    refill(bucket, limits, now());
    if (bucket.requests < 1 || bucket.bytes <= 0) throw tooMany(bucket, limits, policy);
    bucket.requests -= 1;
    bucket.bytes -= bytes;
    return { "RateLimit-Policy": policy, RateLimit: `"requests";r=${Math.floor(bucket.requests)};t=1` };
  };
}

function refill(bucket: Bucket, limits: RateLimits, now: number): void {
  const seconds = Math.max(0, now - bucket.at) / 1000;
  bucket.requests = Math.min(limits.requestsPerSecond, bucket.requests + seconds * limits.requestsPerSecond);
  bucket.bytes = Math.min(limits.bytesPerSecond, bucket.bytes + seconds * limits.bytesPerSecond);
  bucket.at = now;
}

function tooMany(bucket: Bucket, limits: RateLimits, policy: string): Refusal {
  const missing = Math.max(1 - bucket.requests, 0) / limits.requestsPerSecond;
  const seconds = Math.max(1, Math.ceil(Math.max(missing, -bucket.bytes / limits.bytesPerSecond)));
  return new Refusal(
    429,
    "rate_limit",
    "This key sends faster than it may. Nothing was stored; send it again.",
    {
      retryAfterSeconds: seconds,
      close: true,
      headers: { "RateLimit-Policy": policy, RateLimit: `"requests";r=0;t=${seconds}` },
    },
  );
}
