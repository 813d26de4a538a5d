import { z } from "zod";
import { defineRoute } from "@/app/_boundary/route";
import { revokeInvite } from "@/lib/project/create-invite";

export const DELETE = defineRoute({
  policy: { capability: "member.manage" },
  params: z.strictObject({ invite: z.uuid() }),
  audit: "invite.revoke",
  handler: ({ ctx, params }) => revokeInvite(ctx, params.invite),
});
