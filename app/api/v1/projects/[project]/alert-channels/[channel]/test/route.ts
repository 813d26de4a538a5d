import { z } from "zod";
import { defineRoute } from "@/app/_boundary/route";
import { tryResultSchema } from "@/lib/alert/schema";
import { testChannel } from "@/lib/alert/test-channel";

/** Sends a test message and answers how it went. */
export const POST = defineRoute({
  policy: { capability: "project.manage" },
  params: z.strictObject({ channel: z.uuid() }),
  response: tryResultSchema,
  audit: "alert-channel.test",
  handler: ({ ctx, params }) => testChannel(ctx, params.channel),
});
