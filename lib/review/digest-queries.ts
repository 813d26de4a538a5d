import type { Ctx } from "@/lib/core/ctx";
import { localDay } from "@/lib/core/local-day";
import { type DigestFacts, digestFactsSchema } from "./digest-schema";
import { reviewerId } from "./reviewer";

/** What this person is reminded of today; null when nothing is. */
export async function ownDigest(ctx: Ctx): Promise<DigestFacts | null> {
  const day = new Date(localDay(ctx.now, ctx.project.timeZone));
  const found = await ctx.db.reviewDigest.findUnique({
    where: { projectId_userId_day: { projectId: ctx.project.id, userId: reviewerId(ctx), day } },
    select: { facts: true },
  });
  return found ? digestFactsSchema.parse(found.facts) : null;
}
