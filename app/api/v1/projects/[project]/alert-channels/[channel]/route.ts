import { z } from "zod";
import { defineRoute } from "@/app/_boundary/route";
import { changeChannel } from "@/lib/alert/change-channel";
import { removeChannel } from "@/lib/alert/remove-channel";
import { changeChannelSchema, savedChannelSchema } from "@/lib/alert/schema";

const params = z.strictObject({ channel: z.uuid() });

/** Changes a channel. A new destination without its secret wipes the old one, which the answer says. */
export const PATCH = defineRoute({
  policy: { capability: "project.manage" },
  params,
  body: changeChannelSchema,
  example: { name: "Operations by day" },
  response: savedChannelSchema,
  audit: "alert-channel.change",
  handler: ({ ctx, params: { channel }, body }) => changeChannel(ctx, channel, body),
});

export const DELETE = defineRoute({
  policy: { capability: "project.manage" },
  params,
  audit: "alert-channel.remove",
  handler: ({ ctx, params: { channel } }) => removeChannel(ctx, channel),
});
