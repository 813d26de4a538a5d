import { settingsNumbers } from "@/lib/sampling/plan-numbers";
import type { ReplaySettings } from "./run-draw";
import type { BacktestSettings } from "./schema";

/** The settings of a backtest as the replay takes them. */
export function replaySettings(settings: BacktestSettings): ReplaySettings {
  const { sampling, budgets } = settings;
  const numbers = settingsNumbers({ ...sampling, reviews_per_week: budgets[0] ?? 1 });
  return {
    seed: settings.seed,
    budgets,
    plan: { ...numbers, attribute: sampling.attribute, maturityDays: sampling.maturity_days },
    attributes: settings.attributes,
    acceptedPerYear: settings.accepted_per_year,
    floor: settings.floor,
    tolerance: settings.tolerance,
    unsureCountsWrong: settings.unsure_counts_wrong,
    declareClusters: settings.declare_clusters,
  };
}
