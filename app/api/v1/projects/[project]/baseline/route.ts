import { z } from "zod";
import { defineRoute } from "@/app/_boundary/route";
import { listBaselines } from "@/lib/estimate/baseline-queries";
import { freezeBaseline } from "@/lib/estimate/freeze-baseline";
import { baselineSchema, freezeBaselineSchema } from "@/lib/estimate/schema";

export const GET = defineRoute({
  policy: { capability: "project.read", keys: true },
  summary: "The frozen baselines of the pilot, newest first.",
  response: z.object({ baselines: z.array(baselineSchema) }),
  handler: async ({ ctx }) => ({ baselines: await listBaselines(ctx) }),
});

/** Freezes the pilot as it is now; the newest baseline is the one that charts compare with. */
export const POST = defineRoute({
  policy: { capability: "project.manage" },
  body: freezeBaselineSchema,
  example: { note: "Second round of pilot reviews." },
  response: baselineSchema,
  status: 201,
  audit: "baseline.freeze",
  handler: ({ ctx, body }) => freezeBaseline(ctx, body),
});
