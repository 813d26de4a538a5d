import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import type { Actor } from "@/lib/core/ctx";
import { AppError } from "@/lib/core/errors";

/** Per person or key and process. Far above any screen; a replay's reviewers use the same API and do 50 requests a second. */
const REQUESTS_PER_MINUTE = 6_000;

const holder = globalThis as typeof globalThis & { assayRequestLimit?: RateLimiterMemory };

/** @throws AppError LIMIT with the seconds to wait */
export async function countRequest(actor: Actor): Promise<void> {
  holder.assayRequestLimit ??= new RateLimiterMemory({ points: REQUESTS_PER_MINUTE, duration: 60 });
  try {
    await holder.assayRequestLimit.consume(actorKey(actor));
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused;
    throw new AppError("LIMIT", "Too many requests in a minute. Wait a moment.", {
      reason: "request_limit",
      retryAfterSeconds: refused.msBeforeNext / 1000,
    });
  }
}

function actorKey(actor: Actor): string {
  if (actor.kind === "user") return `user:${actor.userId}`;
  return actor.kind === "apiKey" ? `key:${actor.keyId}` : actor.kind;
}
