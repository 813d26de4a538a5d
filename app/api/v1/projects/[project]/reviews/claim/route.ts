import { defineRoute } from "@/app/_boundary/route";
import { claimNext } from "@/lib/review/claim-next";
import { LEASE_SECONDS, PREFETCH_SECONDS } from "@/lib/review/claim-slot";
import { requirePerson } from "@/lib/review/reviewer";
import { claimedSchema, claimRequestSchema } from "@/lib/review/wire-schema";

/** Leases the next item of the queue to this person. */
export const POST = defineRoute({
  policy: { capability: "review.work" },
  body: claimRequestSchema,
  example: {},
  response: claimedSchema,
  audit: { none: "a lease passes by itself; the review that follows names its author" },
  handler: async ({ ctx, body: { queue, prefetch, resume, as } }) => {
    requirePerson(ctx, as);
    return await claimNext(ctx, {
      queue,
      leaseSeconds: prefetch ? PREFETCH_SECONDS : LEASE_SECONDS,
      resume: resume && { slotId: resume.slot_id, leaseToken: resume.lease_token },
    });
  },
});
