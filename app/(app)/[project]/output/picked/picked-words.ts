import { formatCount } from "@/lib/core/format";
import type { BatchRow, Picked, PickedState } from "@/lib/review/diagnostic-schema";

/** "12 outputs" */
export function outputsText(count: number): string {
  return count === 1 ? "1 output" : `${formatCount(count)} outputs`;
}

/** What became of the question. */
export function pickedSentence(picked: Picked): { title: string; description: string | null } {
  const title =
    picked.picked > 0 ? `${outputsText(picked.picked)} picked to be looked at` : "Nothing new to look at";
  const rest = [
    picked.already_waiting > 0
      ? `${formatCount(picked.already_waiting)} ${picked.already_waiting === 1 ? "waits" : "wait"} in that queue already.`
      : null,
    picked.left_out > 0 ? "Beyond the most that can be asked for at once, the rest was left out." : null,
    picked.not_found > 0 ? `${formatCount(picked.not_found)} could not be found.` : null,
  ].filter((each) => each !== null);
  return { title, description: rest.length > 0 ? rest.join(" ") : null };
}

/** "9 wrong, 2 right, 1 not to be judged"; null when nobody has looked. */
export function foundSentence(batch: Pick<BatchRow, "wrong" | "right" | "unsure">): string | null {
  const parts = [
    batch.wrong > 0 ? `${formatCount(batch.wrong)} wrong` : null,
    batch.right > 0 ? `${formatCount(batch.right)} right` : null,
    batch.unsure > 0 ? `${formatCount(batch.unsure)} not to be judged` : null,
  ].filter((each) => each !== null);
  return parts.length > 0 ? parts.join(", ") : null;
}

export const STATE_WORDS: Readonly<Record<PickedState, string>> = {
  waiting: "Waiting",
  sampled: "Waits until it was judged as a sample",
  held: "On somebody's screen",
  judged: "Judged",
  removed: "Taken off",
};

/** How often each error tag was given, the most frequent first; keys as people read them. */
export function tagCounts(
  items: readonly { errorTags: readonly string[] }[],
): { tag: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const tag of items.flatMap((item) => item.errorTags)) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  return [...counts]
    .map(([tag, count]) => ({ tag: tagText(tag), count }))
    .sort((a, b) => b.count - a.count || a.tag.localeCompare(b.tag));
}

export function tagText(key: string): string {
  return key.replaceAll("_", " ");
}
