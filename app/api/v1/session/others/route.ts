import { z } from "zod";
import { defineRoute } from "@/app/_boundary/route";
import { endOtherSessions } from "@/lib/project/end-session";

/** Signs the person out everywhere but here. */
export const DELETE = defineRoute({
  policy: { instance: "instance.use" },
  response: z.object({ ended: z.int() }),
  audit: "session.end-others",
  handler: ({ ctx }) => endOtherSessions(ctx),
});
