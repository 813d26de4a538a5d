import { z } from "zod";
import { defineRoute } from "@/app/_boundary/route";
import { createAdminInvite } from "@/lib/project/create-invite";
import { listInvites } from "@/lib/project/people-queries";
import { emailSchema, inviteSchema, newInviteSchema } from "@/lib/project/schema";

/** Open links for administrators; those of a project are listed under it. */
export const GET = defineRoute({
  policy: { instance: "instance.manage" },
  response: z.object({ invites: z.array(inviteSchema) }),
  handler: async ({ ctx }) => ({ invites: await listInvites(ctx) }),
});

export const POST = defineRoute({
  policy: { instance: "instance.manage" },
  body: z.strictObject({ email: emailSchema.optional() }),
  example: { email: "ada@example.org" },
  response: newInviteSchema,
  status: 201,
  audit: "invite.create",
  handler: ({ ctx, body }) => createAdminInvite(ctx, body),
});
