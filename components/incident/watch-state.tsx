import { CircleDashed, Eye, Hourglass, TriangleAlert } from "lucide-react";

import { cn } from "@/components/ui/class-names";
import { formatCount, formatDay, formatDuration } from "@/lib/core/format";
import type { MonitoringState } from "@/lib/monitor/schema";

const LOOK = {
  watching: { icon: Eye, style: "text-good-ink" },
  waiting: { icon: Hourglass, style: "text-muted" },
  none: { icon: CircleDashed, style: "text-muted" },
  stale: { icon: TriangleAlert, style: "text-alarm-ink" },
} as const;

const NO_MONITORING = {
  no_outputs: "No monitoring yet: nothing has been sent. It begins with the first reviewed day.",
  no_cohort:
    "No monitoring yet: no day has enough reviews. It begins when the first day is reviewed as planned.",
  no_boundary:
    "No monitoring yet: there is no pilot with at least 30 judged outputs to compare with. Judge the pilot, or promise an accuracy in the settings.",
} as const;

/** Whether somebody watches at all: silence must not look like calm. */
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
  return (
    <p
      role={state.state === "stale" ? "alert" : undefined}
      className="flex items-start gap-2 text-sm text-muted text-pretty"
    >
      <Icon aria-hidden="true" className={cn("mt-0.5 size-4 shrink-0", style)} />
      <span>
        {calm && state.state === "watching" ? <span className="font-medium text-ink">{calm} </span> : null}
        {watchSentence(state, now)}
      </span>
    </p>
  );
}

export function watchSentence(state: MonitoringState, now: Date): string {
  const looked = state.evaluated_at ? agoText(state.evaluated_at, now) : null;
  switch (state.state) {
    case "none":
      return NO_MONITORING[state.reason ?? "no_cohort"];
    case "stale":
      return looked
        ? `Monitoring stands still: it last ran ${looked}. The background worker is not running or is held up.`
        : "Monitoring stands still: it has never run. The background worker is not running or is held up.";
    case "waiting":
      return `Monitoring waits for the first day that is reviewed as planned.${waitingText(state)}`;
    case "watching": {
      const days = state.fed === 1 ? "1 day" : `${formatCount(state.fed)} days`;
      const until = state.newest_day ? `, the newest of them ${formatDay(state.newest_day)}` : "";
      return `Monitoring has looked at ${days}${until}. It last ran ${looked ?? "just now"}.${waitingText(state)}`;
    }
  }
}

function waitingText({ oldest_waiting: waiting }: MonitoringState): string {
  if (!waiting || waiting.reviews === 0) return "";
  const reviews = waiting.reviews === 1 ? "1 more review" : `${formatCount(waiting.reviews)} more reviews`;
  return ` ${formatDay(waiting.day)} waits for ${reviews}.`;
}

function agoText(at: string, now: Date): string {
  const seconds = Math.max(0, (now.getTime() - Date.parse(at)) / 1000);
  return seconds < 60 ? "less than a minute ago" : `${formatDuration(seconds)} ago`;
}
