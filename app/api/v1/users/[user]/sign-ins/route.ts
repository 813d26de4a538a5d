import { z } from "zod";
import { defineRoute } from "@/app/_boundary/route";
import { endSessions } from "@/lib/project/end-session";

/** Signs this person out everywhere. */
export const DELETE = defineRoute({
  policy: { instance: "instance.manage" },
  params: z.strictObject({ user: z.uuid() }),
  response: z.object({ ended: z.int() }),
  audit: "person.sign-out",
  handler: ({ ctx, params }) => endSessions(ctx, params.user),
});
