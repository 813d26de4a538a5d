import { z } from "zod";
import { defineRoute } from "@/app/_boundary/route";
import { createChannel } from "@/lib/alert/create-channel";
import { listChannels } from "@/lib/alert/queries";
import { channelSchema, createChannelSchema, savedChannelSchema } from "@/lib/alert/schema";

export const GET = defineRoute({
  policy: { capability: "project.manage" },
  response: z.object({ channels: z.array(channelSchema) }),
  handler: async ({ ctx }) => ({ channels: await listChannels(ctx) }),
});

/** Adds a channel. The answer holds a webhook's signing secret when it was made here, this once. */
export const POST = defineRoute({
  policy: { capability: "project.manage" },
  body: createChannelSchema,
  example: {
    kind: "webhook",
    name: "Operations",
    destination: "https://hooks.example.com/assay",
    routes: [{ severity: "any", attribute: "", value: "", timing: "at_once" }],
    quiet: null,
    digest_minute: 480,
    weekly: false,
  },
  response: savedChannelSchema,
  status: 201,
  audit: "alert-channel.create",
  handler: ({ ctx, body }) => createChannel(ctx, body),
});
