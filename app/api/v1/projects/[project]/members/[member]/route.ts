import { z } from "zod";
import { defineRoute } from "@/app/_boundary/route";
import { changeMemberRole, removeMember } from "@/lib/project/change-member";
import { roleSchema } from "@/lib/project/schema";

const params = z.strictObject({ member: z.uuid() });

export const PATCH = defineRoute({
  policy: { capability: "member.manage" },
  params,
  body: z.strictObject({ role: roleSchema }),
  example: { role: "VIEWER" },
  audit: "member.change-role",
  handler: (input) => changeMemberRole(input.ctx, input.params.member, input.body.role),
});

export const DELETE = defineRoute({
  policy: { capability: "member.manage" },
  params,
  audit: "member.remove",
  handler: (input) => removeMember(input.ctx, input.params.member),
});
