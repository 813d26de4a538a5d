import type { Ctx } from "@/lib/core/ctx";
import { AppError } from "@/lib/core/errors";

/** The person who reviews: keys and jobs have no opinion. */
export function reviewerId(ctx: Ctx): string {
  if (ctx.actor.kind !== "user") throw new AppError("FORBIDDEN", "Only people who are signed in can review.");
  return ctx.actor.userId;
}
