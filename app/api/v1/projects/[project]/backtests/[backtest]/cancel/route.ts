import * as z from "zod";
import { defineRoute } from "@/app/_boundary/route";
import { cancelBacktest } from "@/lib/backtest/cancel-backtest";
import { backtestSummarySchema } from "@/lib/backtest/schema";

/** Ends a backtest that waits or runs. */
export const POST = defineRoute({
  policy: { capability: "project.manage" },
  params: z.strictObject({ backtest: z.uuid() }),
  response: backtestSummarySchema,
  audit: "backtest.cancel",
  handler: ({ ctx, params: { backtest } }) => cancelBacktest(ctx, backtest),
});
