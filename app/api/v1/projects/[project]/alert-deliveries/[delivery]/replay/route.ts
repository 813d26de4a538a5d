import { z } from "zod";
import { defineRoute } from "@/app/_boundary/route";
import { replayDelivery } from "@/lib/alert/replay-delivery";
import { tryResultSchema } from "@/lib/alert/schema";

/** Sends a delivery again, now, with the same id and words. */
export const POST = defineRoute({
  policy: { capability: "project.manage" },
  params: z.strictObject({ delivery: z.uuid() }),
  response: tryResultSchema,
  audit: "alert-delivery.replay",
  handler: ({ ctx, params }) => replayDelivery(ctx, params.delivery),
});
