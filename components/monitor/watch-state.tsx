import { CircleDashed, Eye, Hourglass, TriangleAlert } from "lucide-react";

import { cn } from "@/components/ui/class-names";
import type { MonitoringState } from "@/lib/monitor/schema";

import { stateWords } from "./state-words";

const LOOK = {
  watching: { icon: Eye, style: "text-good-ink" },
  waiting: { icon: Hourglass, style: "text-muted" },
  none: { icon: CircleDashed, style: "text-muted" },
  stale: { icon: TriangleAlert, style: "text-alarm-ink" },
} as const;

/** Whether somebody watches at all, in one line: silence must not look like calm. */
export function WatchState({
  state,
  now,
  calm,
}: {
  state: MonitoringState;
  now: Date;
  /** Said first while it watches. */
  calm?: string;
}) {
  const { icon: Icon, style } = LOOK[state.state];
  const { title, sentence } = stateWords(state, now);
  return (
    <p
      role={state.state === "stale" ? "alert" : undefined}
      className="flex items-start gap-2 text-sm text-muted text-pretty"
    >
      <Icon aria-hidden="true" className={cn("mt-0.5 size-4 shrink-0", style)} />
      <span>
        {calm && state.state === "watching" ? <span className="font-medium text-ink">{calm} </span> : null}
        {title}. {sentence}
      </span>
    </p>
  );
}
