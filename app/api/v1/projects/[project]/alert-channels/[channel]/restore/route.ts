import { z } from "zod";
import { defineRoute } from "@/app/_boundary/route";
import { restoreChannel } from "@/lib/alert/remove-channel";

/** Takes the removal of a channel back. */
export const POST = defineRoute({
  policy: { capability: "project.manage" },
  params: z.strictObject({ channel: z.uuid() }),
  audit: "alert-channel.restore",
  handler: ({ ctx, params }) => restoreChannel(ctx, params.channel),
});
