import { formatDecimal, formatInstant } from "@/lib/core/format";
import type { DeliveryAttempt, DeliveryRow, DeliveryStateName } from "@/lib/alert/schema";

/* What became of a message, in words. */

export const STATE_LOOK: Record<
  DeliveryStateName,
  { label: string; tone: "good" | "warn" | "alarm" | "neutral" }
> = {
  delivered: { label: "Delivered", tone: "good" },
  waiting: { label: "On its way", tone: "warn" },
  held: { label: "Held", tone: "neutral" },
  bundled: { label: "Part of another", tone: "neutral" },
  dead: { label: "Not delivered", tone: "alarm" },
};

export const MESSAGE_KINDS: Record<DeliveryRow["kind"], string> = {
  incident: "Incident",
  bundle: "Several in one",
  test: "Test",
  notice: "Trouble with a channel",
  reminder: "Reminder of reviews",
  weekly: "Weekly digest",
};

const HELD_FOR = {
  digest: "goes with the digest",
  quiet: "waits for the end of quiet hours",
  mute: "waits for the end of the mute",
};

/** "Next attempt at 09:17", "waits for the end of quiet hours, 07:00": what a state alone does not say. */
export function deliveryDetail(row: DeliveryRow, timeZone: string): string {
  const { state, attempts, channel } = row;
  const count = attempts.length;
  const last = attempts.at(-1);
  const instant = (at: string) => formatInstant(at, timeZone);
  if ((state === "waiting" || state === "held") && channel.stopped)
    return channel.stopped === "removed" ? "The channel was removed." : "The channel is switched off.";
  if (state === "held") return `It ${HELD_FOR[row.held_for ?? "quiet"]}: ${instant(row.due_at)}.`;
  if (state === "bundled") return "It went together with other news.";
  if (state === "delivered") return count > 1 ? `At the ${ordinal(count)} attempt.` : "At the first attempt.";
  if (state === "dead")
    return last ? last.detail : "Given up before it was tried: the channel was off for too long.";
  return last
    ? `${last.detail} The ${ordinal(count + 1)} attempt is due ${instant(row.due_at)}.`
    : "It is being sent.";
}

/** "told: #ops 2 Mar 2026, 09:12 (delivered)" */
export function toldSentence(row: DeliveryRow, timeZone: string): string {
  const { channel, state, settled_at: settled, attempts, due_at: due } = row;
  const instant = (at: string) => formatInstant(at, timeZone);
  if (state === "delivered" && settled) return `${channel.name}, ${instant(settled)}: delivered`;
  if (state === "dead") return `${channel.name}: not delivered`;
  if (channel.stopped)
    return `${channel.name}: ${channel.stopped === "removed" ? "removed" : "switched off"} before it was told`;
  if (state === "held" || state === "bundled")
    return state === "held"
      ? `${channel.name}: ${HELD_FOR[row.held_for ?? "quiet"]}, ${instant(due)}`
      : `${channel.name}: told together with other news`;
  return attempts.length === 0
    ? `${channel.name}: being told`
    : `${channel.name}: ${ordinal(attempts.length + 1)} attempt due ${instant(due)}`;
}

/** "Status 500 after 0.3 s" */
export function attemptFact({ status, milliseconds, outcome }: DeliveryAttempt): string {
  if (outcome === "interrupted") return "No answer known";
  const seconds = `${formatDecimal(milliseconds / 1_000, 1)} s`;
  return status === null ? `No answer after ${seconds}` : `Status ${status} after ${seconds}`;
}

export function ordinal(count: number): string {
  const words = [
    "",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
  ];
  return words[count] ?? `${count}th`;
}
