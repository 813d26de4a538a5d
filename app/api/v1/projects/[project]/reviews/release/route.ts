import { defineRoute } from "@/app/_boundary/route";
import { releaseLeases } from "@/lib/review/release-lease";
import { releaseRequestSchema } from "@/lib/review/wire-schema";

/** Gives items back at once, for whoever comes next. */
export const POST = defineRoute({
  policy: { capability: "review.work" },
  body: releaseRequestSchema,
  example: {
    leases: [
      {
        slot_id: "0199aaaa-bbbb-7ccc-8ddd-eeeeeeeeeee1",
        lease_token: "0199aaaa-bbbb-4ccc-8ddd-eeeeeeeeeee2",
      },
    ],
  },
  audit: { none: "ends a lease" },
  handler: async ({ ctx, body }) => {
    await releaseLeases(
      ctx,
      body.leases.map((each) => ({ slotId: each.slot_id, leaseToken: each.lease_token })),
    );
  },
});
