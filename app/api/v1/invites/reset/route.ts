import { z } from "zod";
import { visitorOf } from "@/app/_boundary/request-facts";
import { defineRoute } from "@/app/_boundary/route";
import { pool } from "@/lib/db/pool";
import { resetPassword } from "@/lib/project/accept-invite";
import { newPasswordSchema, tokenSchema } from "@/lib/project/schema";
import { tryLink } from "@/lib/project/sign-in-limit";

/** A person with an administrator's link chooses a new password. */
export const POST = defineRoute({
  policy: { public: "The link in the body is the proof." },
  body: z.strictObject({ token: tokenSchema, password: newPasswordSchema }),
  response: z.object({ email: z.string() }),
  audit: "person.reset-password",
  handler: ({ ctx, body, request }) =>
    tryLink(pool("web"), visitorOf(request.headers).ip ?? "unknown", () => resetPassword(ctx, body)),
});
