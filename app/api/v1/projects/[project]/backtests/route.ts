import { defineRoute } from "@/app/_boundary/route";
import { readLabelledHistory } from "@/lib/backtest/labelled-outputs";
import { listBacktests } from "@/lib/backtest/queries";
import {
  backtestListSchema,
  backtestQuerySchema,
  backtestSummarySchema,
  startBacktestSchema,
} from "@/lib/backtest/schema";
import { startBacktest } from "@/lib/backtest/start-backtest";

/** What there is to replay, and the backtests so far, newest first. */
export const GET = defineRoute({
  policy: { capability: "project.read", keys: true },
  summary: "What there is to replay, and the backtests so far, newest first.",
  query: backtestQuerySchema,
  response: backtestListSchema,
  handler: async ({ ctx, query }) => ({
    history: await readLabelledHistory(ctx),
    ...(await listBacktests(ctx, query)),
  }),
});

/** Starts one; it runs in the background. */
export const POST = defineRoute({
  policy: { capability: "project.manage" },
  body: startBacktestSchema,
  example: { reviews_per_week: 100, draws: 200, accepted_per_year: 0.5, compare: false },
  response: backtestSummarySchema,
  status: 201,
  audit: "backtest.start",
  handler: ({ ctx, body }) => startBacktest(ctx, body),
});
