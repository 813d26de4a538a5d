import { formatPercent } from "@/lib/core/format";
import type { AccuracySeries, Segment } from "@/lib/estimate/schema";
import type { BadgeText } from "./badge";

const MOST_LETTERS = 60;

/** "accuracy", or "accuracy, region = eu" */
export function shownSubject({ attribute, value }: Segment): string {
  if (attribute === "") return "accuracy";
  const text = Array.from(`accuracy, ${attribute} = ${value}`);
  return text.length <= MOST_LETTERS ? text.join("") : `${text.slice(0, MOST_LETTERS - 1).join("")}…`;
}

/**
 * What a badge says: the overview's number with its interval. Its state is a word as well as a colour; grey is what nobody knows, and
 * what is known but not of now.
 */
export function badgeText(
  { now, segment }: Pick<AccuracySeries, "now" | "segment">,
  isCurrent: boolean,
): BadgeText {
  const label = shownSubject(segment);
  if (!now) return { label, text: "too few reviews", tone: "unknown" };
  const { estimate, gap } = now;
  if (estimate.reading !== "mean") return { label, text: "not known well enough", tone: "unknown" };
  const number = `${formatPercent(estimate.mean)} (${withoutUnit(estimate.low)}–${formatPercent(estimate.high)})`;
  if (!isCurrent) return { label, text: `${number}, not current`, tone: "unknown" };
  return gap && gap.high < 0
    ? { label, text: `${number}, below the pilot`, tone: "alarm" }
    : { label, text: number, tone: "plain" };
}

function withoutUnit(share: number): string {
  return formatPercent(share).replace(" %", "");
}
