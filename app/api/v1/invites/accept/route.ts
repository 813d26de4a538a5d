import { z } from "zod";
import { visitorOf } from "@/app/_boundary/request-facts";
import { defineRoute } from "@/app/_boundary/route";
import { pool } from "@/lib/db/pool";
import { acceptInvite } from "@/lib/project/accept-invite";
import { emailSchema, newPasswordSchema, personNameSchema, tokenSchema } from "@/lib/project/schema";
import { tryLink } from "@/lib/project/sign-in-limit";

/** A new person takes the link's place. */
export const POST = defineRoute({
  policy: { public: "The link in the body is the proof." },
  body: z.strictObject({
    token: tokenSchema,
    name: personNameSchema,
    email: emailSchema,
    password: newPasswordSchema,
  }),
  response: z.object({ email: z.string() }),
  status: 201,
  audit: "invite.accept",
  handler: ({ ctx, body, request }) =>
    tryLink(pool("web"), visitorOf(request.headers).ip ?? "unknown", () => acceptInvite(ctx, body)),
});
