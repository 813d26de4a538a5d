import { formatCount, formatDay, formatDuration, formatInstant } from "@/lib/core/format";
import type { IncidentEvent } from "@/lib/incident/schema";

import { oddsText } from "@/lib/incident/incident-sentence";

const REASON: Readonly<Record<string, string>> = {
  fixed: "it is fixed",
  not_a_problem: "it is not a problem",
  other: "for another reason",
};

/** Of what ends by itself. */
const ENDED: Readonly<Record<string, string>> = {
  over: "It is over: resolved by itself.",
  published: "Resolved by itself: the contract was changed.",
  unwatched: "Resolved by itself: silence is not watched any more.",
};

/** One line of the timeline, as a sentence. People's names come first, Assay itself is not named. */
export function eventSentence(event: IncidentEvent, timeZone: string): string {
  const { by, details } = event;
  const who = by ?? "Somebody";
  if (event.kind === "resolved") {
    const ended = by === null ? ENDED[String(details.reason)] : undefined;
    if (ended) return ended;
    if (by === null && typeof details.silent_seconds === "number")
      return `Data came back after ${silenceText(details.silent_seconds)} without any: resolved by itself.`;
    return `${who} resolved it: ${REASON[String(details.reason)] ?? "no reason was given"}.`;
  }
  switch (event.kind) {
    case "opened":
      if (typeof details.day !== "string") return "Found in what came in.";
      return `Found with the reviews of ${dayText(details.day)}. By chance alone it would come up ${odds(details.log_evidence)}.`;
    case "alarmed":
      return `Reached the threshold again with the reviews of ${dayText(details.day)}.`;
    case "acknowledged":
      return `${who} acknowledged it.`;
    case "muted":
      return `${who} muted it until ${typeof details.until === "string" ? formatInstant(details.until, timeZone) : "later"}.`;
    case "unmuted":
      return `${who} ended the mute.`;
    case "reopened":
      return `${who} opened it again.`;
    case "noted":
      return typeof details.breaker === "string"
        ? "The same change breaks another rule."
        : `${who} wrote a note.`;
    case "corrected":
      return correction(details);
  }
}

function silenceText(seconds: number): string {
  const days = Math.round(seconds / 86_400);
  return days < 3 ? formatDuration(seconds) : `${days} days`;
}

/** What a corrected label did to the evidence; the incident stays open whatever it says. */
function correction(details: IncidentEvent["details"]): string {
  const { labels, log_peak: peak, log_threshold: threshold } = details;
  const many =
    typeof labels === "number" && labels > 1
      ? `${formatCount(labels)} reviews behind it`
      : "A review behind it";
  const were = many.startsWith("A ") ? "was" : "were";
  const now =
    typeof peak === "number" && typeof threshold === "number"
      ? ` By chance alone it would now come up ${odds(peak)}, ${peak >= threshold ? "still enough to report it" : "no longer enough to report it"}.`
      : "";
  return `${many} ${were} corrected.${now}`;
}

function dayText(day: unknown): string {
  return typeof day === "string" ? formatDay(day) : "that day";
}

function odds(log: unknown): string {
  return typeof log === "number" ? oddsText(log) : "very rarely";
}
