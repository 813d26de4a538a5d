import { z } from "zod";
import { defineRoute } from "@/app/_boundary/route";
import { pool } from "@/lib/db/pool";
import { changePassword } from "@/lib/project/change-own-account";
import { newPasswordSchema, PASSWORD_MAX } from "@/lib/project/schema";

export const POST = defineRoute({
  policy: { instance: "instance.use" },
  body: z.strictObject({ current: z.string().min(1).max(PASSWORD_MAX), next: newPasswordSchema }),
  audit: "person.change-password",
  handler: ({ ctx, body }) => changePassword(ctx, pool("web"), body),
});
