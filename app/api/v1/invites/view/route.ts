import { z } from "zod";
import { visitorOf } from "@/app/_boundary/request-facts";
import { defineRoute } from "@/app/_boundary/route";
import { pool } from "@/lib/db/pool";
import { instant, roleSchema, tokenSchema } from "@/lib/project/schema";
import { tryLink } from "@/lib/project/sign-in-limit";
import { viewInvite } from "@/lib/project/take-invite";

/** What a link offers. A POST, so that the token is in no address, log or history. */
export const POST = defineRoute({
  policy: { public: "Whoever holds the link may see what it offers." },
  body: z.strictObject({ token: tokenSchema }),
  response: z.object({
    purpose: z.enum(["project", "admin", "password"]),
    project_name: z.string().nullable(),
    role: roleSchema.nullable(),
    email: z.string().nullable(),
    expires_at: instant,
  }),
  audit: { none: "Looking changes nothing." },
  handler: ({ ctx, body, request }) =>
    tryLink(pool("web"), visitorOf(request.headers).ip ?? "unknown", () =>
      viewInvite(ctx.db, body.token, ctx.now),
    ),
});
