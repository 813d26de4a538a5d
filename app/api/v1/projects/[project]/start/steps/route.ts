import { defineRoute } from "@/app/_boundary/route";
import { settleStepSchema } from "@/lib/start/schema";
import { settleStep } from "@/lib/start/settle-step";

/** Leaves a step of the set-up out, or takes it up again. */
export const PUT = defineRoute({
  policy: { capability: "project.manage" },
  body: settleStepSchema,
  example: { step: "people", settled: true },
  audit: "start.step",
  handler: ({ ctx, body }) => settleStep(ctx, body),
});
