import { z } from "zod";
import { defineRoute } from "@/app/_boundary/route";
import { changePerson } from "@/lib/project/change-person";

export const PATCH = defineRoute({
  policy: { instance: "instance.manage" },
  params: z.strictObject({ user: z.uuid() }),
  body: z
    .strictObject({ disabled: z.boolean().optional(), is_admin: z.boolean().optional() })
    .refine((change) => Object.keys(change).length > 0, "Say what to change."),
  example: { disabled: false },
  audit: "person.change",
  handler: ({ ctx, params, body }) => changePerson(ctx, params.user, body),
});
