import type { History } from "./history";
import { replaySettings } from "./replay-settings";
import { prepareHistory } from "./run-draw";
import { type DrawsRun, runDraws } from "./run-draws";
import type { BacktestResult, BacktestSettings } from "./schema";
import { summariseDraws } from "./summarise-draws";

/** Replays a labelled history as often as the settings say. The same history and settings give the same result. */
export async function backtestHistory(
  history: History,
  settings: BacktestSettings,
  run: Omit<DrawsRun, "draws">,
): Promise<BacktestResult> {
  const started = performance.now();
  const replay = replaySettings(settings);
  const outcomes = await runDraws(history, replay, { ...run, draws: settings.draws });
  const seconds = (performance.now() - started) / 1_000;
  return summariseDraws(prepareHistory(history, settings.attributes), replay, { outcomes, seconds });
}
