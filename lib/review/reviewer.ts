import type { Ctx } from "@/lib/core/ctx";
import { AppError } from "@/lib/core/errors";

/** The person who reviews: keys and jobs have no opinion. */
export function reviewerId(ctx: Ctx): string {
  if (ctx.actor.kind !== "user") throw new AppError("FORBIDDEN", "Only people who are signed in can review.");
  return ctx.actor.userId;
}

/** @throws CONFLICT when the request was made for somebody else than the one who is signed in */
export function requirePerson(ctx: Ctx, as: string | undefined): void {
  if (as !== undefined && as !== reviewerId(ctx))
    throw new AppError("CONFLICT", "Somebody else is signed in here by now.", { reason: "other_person" });
}
