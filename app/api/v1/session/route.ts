import { z } from "zod";
import { defineRoute } from "@/app/_boundary/route";
import { clearedSessionCookie } from "@/app/_boundary/sign-in-token";
import { renameSelf } from "@/lib/project/change-own-account";
import { endOwnSession } from "@/lib/project/end-session";
import { ownAccount } from "@/lib/project/people-queries";
import { personNameSchema } from "@/lib/project/schema";

/** Who is signed in. */
export const GET = defineRoute({
  policy: { instance: "instance.use" },
  response: z.object({
    user_id: z.uuid(),
    name: z.string(),
    email: z.string(),
    is_admin: z.boolean(),
    has_password: z.boolean(),
  }),
  handler: ({ ctx }) => ownAccount(ctx),
});

export const PATCH = defineRoute({
  policy: { instance: "instance.use" },
  body: z.strictObject({ name: personNameSchema }),
  example: { name: "Grace Hopper" },
  audit: "person.rename",
  handler: ({ ctx, body }) => renameSelf(ctx, body.name),
});

/** Signs out: the session ends in the database, so a copy of the cookie is worth nothing. */
export const DELETE = defineRoute({
  policy: { instance: "instance.use" },
  audit: "session.end",
  async handler({ ctx, headers }) {
    await endOwnSession(ctx);
    headers.append("set-cookie", clearedSessionCookie());
  },
});
