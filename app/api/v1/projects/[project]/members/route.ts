import { z } from "zod";
import { defineRoute } from "@/app/_boundary/route";
import { addMember } from "@/lib/project/change-member";
import { listMembers } from "@/lib/project/people-queries";
import { emailSchema, memberSchema, roleSchema } from "@/lib/project/schema";

export const GET = defineRoute({
  policy: { capability: "member.manage" },
  response: z.object({ members: z.array(memberSchema) }),
  handler: async ({ ctx }) => ({ members: await listMembers(ctx) }),
});

/** Adds somebody who has an account here; others need a link. */
export const POST = defineRoute({
  policy: { capability: "member.manage" },
  body: z.strictObject({ email: emailSchema, role: roleSchema }),
  response: memberSchema,
  status: 201,
  audit: "member.add",
  handler: ({ ctx, body }) => addMember(ctx, body),
});
