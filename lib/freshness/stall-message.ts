import { type MessagePlace, plainMessage } from "@/lib/alert/incident-message";
import type { AlertMessage } from "@/lib/alert/schema";
import type { Stall } from "./judge-jobs";
import { isMinor, stallAge, stallSentence } from "./stall-sentence";

export type ToldStall = Pick<Stall, "subject" | "since">;

/** Says outside of the product that its background work stands still, or runs again. No payloads, no names of machines. */
export function stallMessage(
  stalls: readonly ToldStall[],
  { thread, ended, now }: { thread: string; ended: boolean; now: Date },
  place: MessagePlace,
): AlertMessage {
  const lines = stalls.map(({ subject, since }) =>
    ended
      ? `Over: ${stallSentence(subject)} It was so ${stallAge(since, now)}.`
      : `${stallSentence(subject)} It has been so ${stallAge(since, now)}.`,
  );
  const title = ended ? "Assay works in the background again" : titleOf(stalls);
  const rest = ended
    ? "What had waited is being done now."
    : "Outputs and reviews are still taken and nothing is lost; until it is mended, pages show the state of then. Whoever runs this installation should look at the worker and its log.";
  return {
    ...plainMessage(title, [...lines, rest], place, ""),
    severity: ended ? "info" : stalls.every(({ subject }) => isMinor(subject)) ? "warning" : "critical",
    thread,
  };
}

function titleOf(stalls: readonly ToldStall[]): string {
  const [first, ...others] = stalls;
  if (!first || first.subject === "worker") return "Assay does nothing in the background";
  return others.length === 0
    ? `Assay is behind: ${stallSentence(first.subject)}`
    : `Assay is behind: ${stalls.length} kinds of background work stand still`;
}
