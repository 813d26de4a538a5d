import { Refusal } from "./refusal";

/** Far above an honest sender: one that runs wild must not starve the others. Per key and process. */
export const DEFAULT_RATE = { requestsPerSecond: 10_000, bytesPerSecond: 100 * 1024 * 1024 };

const MOST_KEYS = 10_000;

/** Counts one request of `bytes`; returns the headers that tell the sender where it stands. @throws Refusal 429 */
export type KeyRateLimit = (key: string, bytes: number) => Record<string, string>;

/** Token buckets that hold one second's worth. */
export function keyRateLimit(
  limits: typeof DEFAULT_RATE,
  now: () => number = () => performance.now(),
): KeyRateLimit {
  const buckets = new Map<string, { requests: number; bytes: number; at: number }>();
  const { requestsPerSecond, bytesPerSecond } = limits;
  const headers = (left: number, seconds: number) => ({
    "RateLimit-Policy": `"requests";q=${requestsPerSecond};w=1`,
    RateLimit: `"requests";r=${Math.floor(left)};t=${seconds}`,
  });
  return (key, bytes) => {
    if (buckets.size >= MOST_KEYS) buckets.clear();
    const { requests, bytes: room, at } = buckets.get(key) ?? { requests: 0, bytes: 0, at: now() - 1000 };
    const seconds = Math.max(0, now() - at) / 1000;
    const bucket = {
      requests: Math.min(requestsPerSecond, requests + seconds * requestsPerSecond),
      bytes: Math.min(bytesPerSecond, room + seconds * bytesPerSecond),
      at: now(),
    };
    buckets.set(key, bucket);
    if (bucket.requests < 1 || bucket.bytes <= 0) {
      const wait = Math.max((1 - bucket.requests) / requestsPerSecond, -bucket.bytes / bytesPerSecond);
      const retryAfterSeconds = Math.max(1, Math.ceil(wait));
      const sentence = "This key sends faster than it may. Nothing was stored; send it again.";
      const options = { retryAfterSeconds, close: true, headers: headers(0, retryAfterSeconds) };
      throw new Refusal(429, "rate_limit", sentence, options);
    }
    bucket.requests -= 1;
    bucket.bytes -= bytes;
    return headers(bucket.requests, 1);
  };
}
