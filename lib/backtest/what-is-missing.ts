import { FEWEST_PILOT_REVIEWS } from "@/lib/monitor/pilot-rule";
import { FEWEST_IN_PRODUCTION, FEWEST_LABELS, type LabelledHistory } from "./schema";

/** Why a history cannot be replayed, in one sentence; null when it can. */
export function whatIsMissing(
  { outputs, pilot_outputs: pilot }: Pick<LabelledHistory, "outputs" | "pilot_outputs">,
  floor: number | null,
): string | null {
  const production = outputs - pilot;
  if (outputs < FEWEST_LABELS)
    return `Whether an output was right is known of ${outputs}; a backtest needs ${FEWEST_LABELS}.`;
  if (production < FEWEST_IN_PRODUCTION)
    return `Only ${production} judged outputs are of production; a backtest needs ${FEWEST_IN_PRODUCTION} of them.`;
  if (floor === null && pilot < FEWEST_PILOT_REVIEWS)
    return `Only ${pilot} judged outputs are of the pilot, and no accuracy was promised: with fewer than ${FEWEST_PILOT_REVIEWS} there is nothing to compare with.`;
  return null;
}
