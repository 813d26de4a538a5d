import { formatCount, formatDuration } from "@/lib/core/format";
import type { DigestFacts } from "./digest-schema";

/* Reminders as plain sentences, for the product and for whatever sends messages. */

/** "42 reviews are due, 5 of them overdue." and what else a person should know today; an empty list when nothing waits. */
export function digestSentences(facts: DigestFacts): string[] {
  const sentences: string[] = [];
  if (facts.due > 0)
    sentences.push(
      facts.due === 1
        ? `One review is due for you${facts.overdue > 0 ? ", and it is overdue" : ""}.`
        : `${formatCount(facts.due)} reviews are due that you may take${facts.overdue > 0 ? `, ${formatCount(facts.overdue)} of them overdue` : ""}.`,
    );
  if (facts.adjudications > 0)
    sentences.push(
      facts.adjudications === 1
        ? "On one item two people differ, and a third has to decide."
        : `On ${formatCount(facts.adjudications)} items two people differ, and a third has to decide.`,
    );
  if (facts.targetPerWeek !== null)
    sentences.push(
      `You have done ${formatCount(facts.doneThisWeek)} of the ${formatCount(facts.targetPerWeek)} that are your goal this week.`,
    );
  const open =
    facts.targetPerWeek === null ? facts.due : Math.min(facts.due, facts.targetPerWeek - facts.doneThisWeek);
  if (facts.secondsPerItem !== null && open > 1)
    sentences.push(
      `At your pace ${formatCount(open)} take about ${formatDuration(Math.max(60, facts.secondsPerItem * open))}.`,
    );
  return sentences;
}

/** The same for everybody, to be copied into a message to the team. */
export function teamDigest(
  project: { name: string; day: string },
  summary: string,
  people: readonly { name: string; paused: boolean; facts: DigestFacts }[],
): string {
  const lines = people.map(({ name, paused, facts }) => {
    if (paused) return `- ${name}: paused`;
    const goal = facts.targetPerWeek === null ? "" : ` of ${formatCount(facts.targetPerWeek)}`;
    const overdue = facts.overdue > 0 ? `, ${formatCount(facts.overdue)} overdue` : "";
    return `- ${name}: ${formatCount(facts.doneThisWeek)}${goal} done this week; may take ${formatCount(facts.due)} that are due${overdue}`;
  });
  return [`Reviews in ${project.name}, ${project.day}`, summary, ...lines].join("\n");
}
