import { CircleAlert, CircleCheck, CircleSlash, Clock, Loader } from "lucide-react";

import { Badge } from "@/components/ui/badge";
import type { BacktestSummary } from "@/lib/backtest/schema";

const LOOK = {
  WAITING: { tone: "neutral", icon: Clock, text: "Waiting" },
  RUNNING: { tone: "accent", icon: Loader, text: "Running" },
  DONE: { tone: "good", icon: CircleCheck, text: "Done" },
  FAILED: { tone: "alarm", icon: CircleAlert, text: "Failed" },
  CANCELLED: { tone: "outline", icon: CircleSlash, text: "Cancelled" },
} as const;

/** The state of a backtest, with its progress while it runs. */
export function BacktestBadge({
  backtest: { state, draws_done: done, draws_total: total },
}: {
  backtest: Pick<BacktestSummary, "state" | "draws_done" | "draws_total">;
}) {
  const { tone, icon: Icon, text } = LOOK[state];
  return (
    <Badge tone={tone}>
      <Icon aria-hidden="true" className="size-3" />
      {state === "RUNNING" ? `${text}, ${Math.floor((100 * done) / total)} %` : text}
    </Badge>
  );
}
