import { defineRoute } from "@/app/_boundary/route";
import { LEASE_SECONDS, PREFETCH_SECONDS } from "@/lib/review/claim-slot";
import { extendLeases, withdrawnSlots } from "@/lib/review/extend-lease";
import { requirePerson } from "@/lib/review/reviewer";
import { heartbeatRequestSchema, heartbeatSchema } from "@/lib/review/wire-schema";

/** The screen is alive: renews what it holds, and says what it has lost. */
export const POST = defineRoute({
  policy: { capability: "review.work" },
  body: heartbeatRequestSchema,
  example: {
    leases: [
      {
        slot_id: "0199aaaa-bbbb-7ccc-8ddd-eeeeeeeeeee1",
        lease_token: "0199aaaa-bbbb-4ccc-8ddd-eeeeeeeeeee2",
        shown: true,
      },
    ],
  },
  response: heartbeatSchema,
  audit: { none: "renews a lease" },
  handler: async ({ ctx, body }) => {
    requirePerson(ctx, body.as);
    const leases = await extendLeases(
      ctx,
      body.leases.map((each) => ({
        slotId: each.slot_id,
        leaseToken: each.lease_token,
        leaseSeconds: each.shown ? LEASE_SECONDS : PREFETCH_SECONDS,
      })),
    );
    const ended = leases.filter((each) => each.secondsLeft === null).map((each) => each.slotId);
    const withdrawn = await withdrawnSlots(ctx, ended);
    return {
      leases: leases.map(({ slotId, secondsLeft }) => ({
        slot_id: slotId,
        seconds_left: secondsLeft,
        withdrawn: withdrawn.has(slotId),
      })),
    };
  },
});
