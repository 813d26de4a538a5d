import { z } from "zod";
import { defineRoute } from "@/app/_boundary/route";
import { createResetLink } from "@/lib/project/create-invite";
import { newInviteSchema } from "@/lib/project/schema";

/** A link for somebody who forgot the password. */
export const POST = defineRoute({
  policy: { instance: "instance.manage" },
  params: z.strictObject({ user: z.uuid() }),
  response: newInviteSchema,
  status: 201,
  audit: "person.reset-link",
  handler: ({ ctx, params }) => createResetLink(ctx, params.user),
});
