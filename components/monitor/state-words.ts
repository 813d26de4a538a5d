import { formatCount, formatDay, formatDuration } from "@/lib/core/format";
import type { MonitoringState } from "@/lib/monitor/schema";

/** The state in a title and a sentence. */
export function stateWords(
  state: MonitoringState,
  now: Date,
): { tone: "info" | "good" | "warn" | "alarm"; title: string; sentence: string } {
  const ago = state.evaluated_at
    ? `last evaluated ${formatDuration(Math.max(0, (now.getTime() - Date.parse(state.evaluated_at)) / 1000))} ago`
    : "never evaluated yet";
  const waits = waitingWords(state);
  switch (state.state) {
    case "none":
      return { tone: "info", title: "No monitoring yet", sentence: noneWords(state) };
    case "stale":
      return {
        tone: "alarm",
        title: "Monitoring stands still",
        sentence: `It was ${ago}, and it should be every minute. Check that the worker runs; a drop goes unnoticed until then.`,
      };
    case "waiting":
      return {
        tone: "info",
        title: "Waiting for the first complete day",
        sentence: `This version has seen no day yet (${ago}). ${waits}`,
      };
    case "watching":
      return {
        tone: "good",
        title: `Watching, ${ago}`,
        sentence: `${state.fed === 1 ? "1 complete day" : `${formatCount(state.fed)} complete days`} seen${state.newest_day ? `, the newest ${formatDay(state.newest_day)}` : ""}. ${waits}`,
      };
  }
}

function noneWords({ reason, oldest_waiting: oldest }: MonitoringState): string {
  if (reason === "no_outputs") return "No outputs have come. Make a key and send the first ones.";
  if (reason === "no_boundary")
    return "There is nothing to compare with: have outputs of the pilot judged, or promise an accuracy under Monitoring in the settings.";
  return oldest
    ? `It begins when the first day has its reviews: ${waitingText(oldest)}`
    : "It begins when the first day is over and has its reviews.";
}

function waitingWords({ oldest_waiting: oldest }: MonitoringState): string {
  return oldest ? waitingText(oldest) : "No day waits for reviews.";
}

function waitingText({ day, reviews }: NonNullable<MonitoringState["oldest_waiting"]>): string {
  return reviews === 0
    ? `${formatDay(day)} is complete and comes next.`
    : `${formatDay(day)} still needs ${reviews === 1 ? "1 review" : `${formatCount(reviews)} reviews`}.`;
}
