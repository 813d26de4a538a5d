import { z } from "zod";
import { defineRoute } from "@/app/_boundary/route";
import { createProjectInvite } from "@/lib/project/create-invite";
import { listInvites } from "@/lib/project/people-queries";
import { emailSchema, inviteSchema, newInviteSchema, roleSchema } from "@/lib/project/schema";

export const GET = defineRoute({
  policy: { capability: "member.manage" },
  response: z.object({ invites: z.array(inviteSchema) }),
  handler: async ({ ctx }) => ({ invites: await listInvites(ctx) }),
});

export const POST = defineRoute({
  policy: { capability: "member.manage" },
  body: z.strictObject({ role: roleSchema, email: emailSchema.optional() }),
  example: { role: "REVIEWER", email: "grace@example.org" },
  response: newInviteSchema,
  status: 201,
  audit: "invite.create",
  handler: ({ ctx, body }) => createProjectInvite(ctx, body),
});
