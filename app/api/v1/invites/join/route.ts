import { z } from "zod";
import { defineRoute } from "@/app/_boundary/route";
import { joinWithInvite } from "@/lib/project/accept-invite";
import { tokenSchema } from "@/lib/project/schema";

/** Somebody with an account uses a link for themselves. */
export const POST = defineRoute({
  policy: { instance: "instance.use" },
  body: z.strictObject({ token: tokenSchema }),
  response: z.object({ project: z.string().nullable() }),
  audit: "invite.accept",
  handler: ({ ctx, body }) => joinWithInvite(ctx, body.token),
});
