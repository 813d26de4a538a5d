import { z } from "zod";
import { visitorOf } from "@/app/_boundary/request-facts";
import { defineRoute } from "@/app/_boundary/route";
import { pool } from "@/lib/db/pool";
import { completeSetup } from "@/lib/project/complete-setup";
import { emailSchema, newPasswordSchema, personNameSchema } from "@/lib/project/schema";

export const POST = defineRoute({
  policy: { public: "The first administrator is made here, once, with the code that the server printed." },
  body: z.strictObject({
    code: z.string().min(1).max(100),
    name: personNameSchema,
    email: emailSchema,
    password: newPasswordSchema,
  }),
  audit: "instance.set-up",
  handler: ({ ctx, body, request }) => completeSetup(ctx, pool("web"), body, visitorOf(request.headers).ip),
});
