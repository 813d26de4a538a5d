import type { BacktestSettings } from "@/lib/backtest/schema";

/** Settings for the streams of synthetic-outputs.ts. */
export function syntheticSettings(changes: Partial<BacktestSettings> = {}): BacktestSettings {
  return {
    seed: "1",
    draws: 20,
    budgets: [140],
    accepted_per_year: 0.5,
    attributes: ["region"],
    floor: null,
    tolerance: 0.01,
    unsure_counts_wrong: false,
    declare_clusters: true,
    sampling: {
      attribute: null,
      floor_per_epoch: 5,
      flagged_factor: 3,
      rate_ratio_cap: 10,
      double_review_share: 0,
      expected_per_day: 100,
      maturity_days: 14,
      needs: [],
    },
    ...changes,
  };
}
