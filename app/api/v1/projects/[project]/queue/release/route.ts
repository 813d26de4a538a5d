import { defineRoute } from "@/app/_boundary/route";
import { takeBackSlot } from "@/lib/review/take-back-slot";
import { takeBackSchema } from "@/lib/review/reviewer-schema";

/** Takes an item from the screen of whoever holds it. */
export const POST = defineRoute({
  policy: { capability: "project.manage" },
  body: takeBackSchema,
  example: { slot_id: "0199aaaa-bbbb-7ccc-8ddd-eeeeeeeeeee1" },
  audit: "queue.release",
  handler: ({ ctx, body }) => takeBackSlot(ctx, body.slot_id),
});
