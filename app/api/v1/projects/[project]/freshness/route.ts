import { defineRoute } from "@/app/_boundary/route";
import { readFreshnessOfNumbers } from "@/lib/freshness/queries";
import { freshnessSchema } from "@/lib/freshness/schema";

/** Whether the numbers are those of now: what stands still in the background, and since when. */
export const GET = defineRoute({
  policy: { capability: "project.read", keys: true },
  summary: "Whether the numbers are those of now: what stands still in the background, and since when.",
  response: freshnessSchema,
  handler: ({ ctx }) => readFreshnessOfNumbers(ctx),
});
