import { z } from "zod";
import { defineRoute } from "@/app/_boundary/route";
import { measurementHealth } from "@/lib/estimate/measurement-health";

const count = z.number().int();

/** Whether the measurement itself works: what came last, how reviewing goes, what waits. */
export const GET = defineRoute({
  policy: { capability: "project.read", keys: true },
  summary: "Whether the measurement itself works: what came last, how reviewing goes, what waits.",
  response: z.strictObject({
    last_received_at: z.iso.datetime().nullable(),
    /** Planned; null without a sampling plan. */
    reviews_per_week: z.number().nullable(),
    /** Calendar weeks of the project's time zone. */
    reviews_this_week: count,
    reviews_last_week: count,
    /** Looks that samples still need; counted up to a thousand. */
    waiting: count,
    reviewers: count,
  }),
  handler: async ({ ctx }) => {
    const health = await measurementHealth(ctx);
    return {
      last_received_at: health.lastReceivedAt?.toISOString() ?? null,
      reviews_per_week: health.reviewsPerWeek,
      reviews_this_week: health.reviewsThisWeek,
      reviews_last_week: health.reviewsLastWeek,
      waiting: health.waiting,
      reviewers: health.reviewers,
    };
  },
});
