/** What a text field usually reads like: how rare each group of three characters is, hashed into slots. */
export interface TextHabit {
  path: string;
  /** −ln of the share of each slot. */
  slots: number[];
  /** Mean surprise of a text of the pilot that did not make the slots, and its spread. */
  typical: number;
  spread: number;
  /** All digits count as one, so that a running number is no news; not in habits that were made before that. */
  oneDigit?: boolean | undefined;
}

const SLOTS = 2048;
/** A text is judged by its beginning. */
const MOST_CHARACTERS = 400;

function slotAt(text: string, at: number, oneDigit: boolean): number {
  const unit = (place: number) => {
    const code = text.charCodeAt(place);
    return oneDigit && code >= 0x30 && code <= 0x39 ? 0x30 : code;
  };
  const mixed = unit(at) * 961 + unit(at + 1) * 31 + unit(at + 2);
  return (Math.imul(mixed, 0x9e3779b1) >>> 21) & (SLOTS - 1);
}

function groupCount(text: string): number {
  return Math.max(0, Math.min(text.length, MOST_CHARACTERS) - 2);
}

/** Fits on every second text; the others say what is typical. Null when there are too few. */
export function fitTextHabit(path: string, texts: readonly string[]): TextHabit | null {
  const long = texts.filter((text) => groupCount(text) > 0);
  if (long.length < 20) return null;
  const counts = Array.from({ length: SLOTS }, () => 0);
  let total = 0;
  for (const [order, text] of long.entries()) {
    if (order % 2 === 1) continue;
    for (let at = 0; at < groupCount(text); at += 1) {
      const slot = slotAt(text, at, true);
      counts[slot] = (counts[slot] ?? 0) + 1;
      total += 1;
    }
  }
  const slots = counts.map((count) => -Math.log((count + 0.5) / (total + SLOTS / 2)));
  const means = long
    .filter((_, order) => order % 2 === 1)
    .map((text) => meanSurprise({ slots, oneDigit: true }, text))
    .sort((a, b) => a - b);
  const quantile = (share: number) =>
    means[Math.min(means.length - 1, Math.floor(share * means.length))] ?? 0;
  const spread = Math.max(0.05, quantile(0.75) - quantile(0.25));
  return { path, slots, typical: quantile(0.5), spread, oneDigit: true };
}

function meanSurprise(
  { slots, oneDigit = false }: Pick<TextHabit, "slots" | "oneDigit">,
  text: string,
): number {
  const groups = groupCount(text);
  let sum = 0;
  for (let at = 0; at < groups; at += 1) sum += slots[slotAt(text, at, oneDigit)] ?? 0;
  return groups === 0 ? 0 : sum / groups;
}

/** How strange a text reads, on the scale of a surprise: 0 for what is typical. */
export function textSurprise(habit: TextHabit, text: string): number {
  if (groupCount(text) === 0) return 0;
  return 3 * Math.log1p(Math.max(0, (meanSurprise(habit, text) - habit.typical) / habit.spread));
}
