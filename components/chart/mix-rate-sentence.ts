import type { MixRate, MixRateSplit } from "@/lib/estimate/schema";
import { formatDecimal } from "@/lib/core/format";

import { gapState } from "./state-sentence";

export interface MixRateSentence {
  headline: string;
  /** How far to trust it, each a sentence. */
  notes: string[];
}

/** Where the points went: "Of the 6.6 points lost, 0.4 come from changed traffic and 6.2 from worse answers." */
export function mixRateSentence({ gap, split, before, after }: MixRate): MixRateSentence {
  if (!gap) return { headline: missingSide(before, after), notes: [] };
  if (!split)
    return { headline: "No attribute divides the traffic, so the difference cannot be split.", notes: [] };
  const lost = gap.difference < 0;
  const direction = lost ? -1 : 1;
  const parts = contributions(split, lost).map((part) => ({ ...part, amount: part.amount * direction }));
  const total = `${points(gap.difference)} points ${lost ? "lost" : "gained"}`;
  const headline =
    points(gap.difference) === "0.0"
      ? "Accuracy is the same on both sides."
      : `Of the ${total}, ${inWords(parts)}.`;
  return { headline, notes: notesOf(gap, split) };
}

function missingSide(before: MixRate["before"], after: MixRate["after"]): string {
  if (!after.estimate) return "Nobody has reviewed any output of these days.";
  if (before.kind === "pilot") return "There is no judged pilot to compare with.";
  return "Nobody has reviewed any output of the days before.";
}

interface Part {
  amount: number;
  from: string;
}

function contributions({ mix, fresh, rate }: MixRateSplit, lost: boolean): Part[] {
  const answers = lost === rate.difference < 0 ? (lost ? "worse answers" : "better answers") : "answers";
  return [
    { amount: mix.difference, from: "changed traffic" },
    ...(fresh ? [{ amount: fresh.difference, from: "values that are new" }] : []),
    { amount: rate.difference, from: answers },
  ];
}

/** What adds to the gap first; what works against it, or hardly matters, is said apart. */
function inWords(parts: readonly Part[]): string {
  const isSmall = ({ amount }: Part) => points(amount) === "0.0";
  const adding = parts.filter((part) => part.amount > 0 && !isSmall(part));
  const reducing = parts.filter((part) => part.amount < 0 && !isSmall(part));
  return [
    listed(
      adding.map(
        ({ amount, from }, at) => `${points(amount)} ${at === 0 ? `${comes(amount)} from` : "from"} ${from}`,
      ),
    ),
    listed(
      reducing.map(({ amount, from }) => `${from} ${verb(from, "work")} against it by ${points(amount)}`),
    ),
    listed(parts.filter(isSmall).map(({ from }) => `${from} hardly ${verb(from, "matter")}`)),
  ]
    .filter((text) => text !== "")
    .join("; ");
}

const verb = (from: string, plural: string) => (from === "changed traffic" ? `${plural}s` : plural);
const comes = (amount: number) => (points(amount) === "1.0" ? "comes" : "come");

function listed(texts: readonly string[]): string {
  if (texts.length < 2) return texts.join("");
  return `${texts.slice(0, -1).join(", ")} and ${texts.at(-1)}`;
}

function notesOf(gap: NonNullable<MixRate["gap"]>, split: MixRateSplit): string[] {
  const notes: string[] = [];
  if (gapState(gap) === "unclear") notes.push("The whole difference may be chance.");
  if (Math.abs(split.unexplained) >= 0.0005)
    notes.push(
      `${points(split.unexplained)} points are left over: by chance the reviewed outputs are not spread over the values exactly as the traffic is.`,
    );
  const covered = Math.min(split.covered_before, split.covered_after);
  if (covered < 0.995)
    notes.push(`Only ${Math.floor(covered * 100)} % of the traffic has a value of ${split.attribute}.`);
  notes.push("Another way of dividing the traffic may split it otherwise.");
  return notes;
}

function points(difference: number): string {
  return formatDecimal(Math.abs(difference * 100), 1);
}
