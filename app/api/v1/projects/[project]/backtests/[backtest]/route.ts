import * as z from "zod";
import { defineRoute } from "@/app/_boundary/route";
import { deleteBacktest } from "@/lib/backtest/delete-backtest";
import { readBacktestResult } from "@/lib/backtest/queries";
import { backtestSchema } from "@/lib/backtest/schema";

const params = z.strictObject({ backtest: z.uuid() });

/** How far it is, and its result once there is one. */
export const GET = defineRoute({
  policy: { capability: "project.read", keys: true },
  summary: "How far a backtest is, and its result once there is one.",
  params,
  response: backtestSchema,
  handler: ({ ctx, params: { backtest } }) => readBacktestResult(ctx, backtest),
});

export const DELETE = defineRoute({
  policy: { capability: "project.manage" },
  params,
  audit: "backtest.delete",
  handler: ({ ctx, params: { backtest } }) => deleteBacktest(ctx, backtest),
});
