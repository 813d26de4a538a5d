import { defineRoute } from "@/app/_boundary/route";
import { pauseQueue } from "@/lib/review/change-reviewer";
import { changeQueueSchema } from "@/lib/review/reviewer-schema";

/** Stops or resumes the queue for everybody. */
export const PATCH = defineRoute({
  policy: { capability: "project.manage" },
  body: changeQueueSchema,
  example: { paused: false },
  audit: "queue.change",
  handler: ({ ctx, body }) => pauseQueue(ctx, body.paused),
});
