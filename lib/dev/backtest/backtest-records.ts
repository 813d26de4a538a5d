import { backtestHistory } from "@/lib/backtest/backtest-history";
import { type History, makeHistory } from "@/lib/backtest/history";
import type { DrawsRun } from "@/lib/backtest/run-draws";
import type { BacktestResult, BacktestSettings } from "@/lib/backtest/schema";
import { suggestedAttributes } from "@/lib/backtest/suggested-attributes";
import { whatIsMissing } from "@/lib/backtest/what-is-missing";
import { labelledOutputs, recordedScores } from "@/lib/dev/replay/recorded-labels";
import { recordedRule } from "@/lib/dev/replay/recorded-rule";
import { type RecordedOutput, recordedWeeks } from "@/lib/dev/replay/recorded-stream";
import type { BacktestOptions } from "./options";

const DAYS_PER_WEEK = 7;

export type RecordBacktestOptions = Omit<BacktestOptions, "file" | "json">;

/** Backtests recorded outputs, of which nobody needs to have reviewed any. @throws Error when there are too few labels */
export async function backtestRecords(
  records: readonly RecordedOutput[],
  options: RecordBacktestOptions,
  run: Omit<DrawsRun, "draws">,
): Promise<{ settings: BacktestSettings; result: BacktestResult }> {
  const scores = recordedScores(records, recordedRule(records, options.rule));
  const history = makeHistory(labelledOutputs(records, scores, clusterRule(options.cluster)));
  const missing = whatIsMissing(countLabels(history), options.floor);
  if (missing) throw new Error(missing);
  const settings = recordSettings(records, history, options);
  return { settings, result: await backtestHistory(history, settings, run) };
}

function countLabels({ scores, pilot }: History) {
  const known = [...pilot].filter((_, output) => !Number.isNaN(scores[output] ?? Number.NaN));
  return { outputs: known.length, pilot_outputs: known.filter((inPilot) => inPilot === 1).length };
}

function clusterRule(
  field: BacktestOptions["cluster"],
): ((record: RecordedOutput) => string | null) | undefined {
  if (field === undefined) return undefined;
  if (field === null) return () => null;
  return ({ id, input }) => {
    const value =
      typeof input === "object" && input !== null ? (input as Record<string, unknown>)[field] : null;
    if (typeof value !== "string" && typeof value !== "number")
      throw new Error(`The input of ${id} has no field ${field} to tell what fails together.`);
    return String(value);
  };
}

/** As a new project would have them, but without second looks: readers of one recorded truth always agree. */
function recordSettings(
  records: readonly RecordedOutput[],
  history: History,
  options: RecordBacktestOptions,
): BacktestSettings {
  const { seed, draws, budgets, acceptedPerYear, floor, watch, spread } = options;
  const perDay = records.length / (recordedWeeks(records).length * DAYS_PER_WEEK);
  const known = history.attributes.map(({ name }) => name);
  const unknown = [...(watch ?? []), ...(spread === null ? [] : [spread])].find(
    (name) => !known.includes(name),
  );
  if (unknown !== undefined)
    throw new Error(`No output carries ${unknown}; the segment attributes are ${known.join(", ")}.`);
  return {
    seed,
    draws,
    budgets,
    accepted_per_year: acceptedPerYear,
    attributes: watch ?? suggestedAttributes(history),
    floor,
    tolerance: 0.01,
    unsure_counts_wrong: false,
    declare_clusters: true,
    sampling: {
      attribute: spread,
      floor_per_epoch: 5,
      flagged_factor: 3,
      rate_ratio_cap: 10,
      double_review_share: 0,
      expected_per_day: Math.max(1, Math.round(perDay)),
      maturity_days: 14,
      needs: [],
    },
  };
}
