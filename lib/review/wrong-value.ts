import { booleanValue, dayNumber, isAbsent, numberValue } from "./field-value";
import type { AnswerField } from "./schema";
import { wrongSets } from "./wrong-set";

const DAY_MS = 86_400_000;

/**
 * Plausible other values for a field, written the way the right one is, the best first: another option, a number or a day beyond what
 * is allowed, a text with a changed digit, with two words the other way round, with a word left out, or cut off. A level that the
 * reviewer gives has no value in the output that could be made wrong.
 * @param right what the output says now. @param random gives the next number in [0, 1)
 */
export function wrongValues(field: AnswerField, right: unknown, random: () => number): unknown[] {
  if (isAbsent(right)) return [];
  switch (field.type) {
    case "category":
      return otherOptions(field, right, random);
    case "boolean":
      return otherTruth(right);
    case "number":
      return otherNumbers(field, right, random);
    case "date":
      return otherDays(field, right, random);
    case "text":
      return typeof right === "string" ? otherTexts(right, random) : [];
    case "categories":
    case "list":
      return wrongSets(field, right, random, (member) => otherTexts(member, random)[0]);
    case "rubric":
      return [];
  }
}

function otherOptions(field: AnswerField, right: unknown, random: () => number): unknown[] {
  const others = (field.options ?? [])
    .map((option) => option.value)
    .filter((value) => value !== String(right));
  const first = Math.floor(random() * others.length);
  return [...others.slice(first), ...others.slice(0, first)];
}

const OPPOSITES = new Map(
  [
    ["true", "false"],
    ["t", "f"],
    ["yes", "no"],
    ["y", "n"],
    ["1", "0"],
  ].flatMap(([yes = "", no = ""]) => [
    [yes, no],
    [no, yes],
  ]),
);

function otherTruth(right: unknown): unknown[] {
  const value = booleanValue(right);
  if (value === null) return [];
  if (typeof right === "boolean") return [!right];
  if (typeof right === "number") return [value ? 0 : 1];
  const other = OPPOSITES.get(String(right).trim().toLowerCase());
  if (other === undefined) return [];
  return [/^[A-Z]/.test(String(right).trim()) ? other.charAt(0).toUpperCase() + other.slice(1) : other];
}

/** 1.5 to 3.5 times what is allowed away; where nothing is, 5 to 30 % of it, or one of the last digit. */
function otherNumbers({ tolerance }: AnswerField, right: unknown, random: () => number): unknown[] {
  const value = numberValue(right);
  if (value === null) return [];
  const allowed = Math.max(tolerance?.absolute ?? 0, (tolerance?.relative ?? 0) * Math.abs(value));
  const digits = decimals(right);
  const unit = 10 ** -digits;
  const step = allowed > 0 ? allowed * (1.5 + 2 * random()) : Math.abs(value) * (0.05 + 0.25 * random());
  const distance = Math.max(step, unit);
  const up = random() < 0.5 || (value >= 0 && value < distance);
  return [up ? value + distance : value - distance, up ? value - distance : value + distance].map((wrong) =>
    writtenLike(right, wrong, digits),
  );
}

function decimals(value: unknown): number {
  const point = /\.(\d+)/.exec(String(value));
  return Math.min(6, point?.[1]?.length ?? 0);
}

/** As the right one is written: a number as a number, "$1,250.00" with its sign, its commas and its digits. */
function writtenLike(right: unknown, wrong: number, digits: number): unknown {
  if (typeof right === "number") return Number(wrong.toFixed(digits));
  const [, before = "", number = "", after = ""] =
    /^(\s*[+-]?\s*[$€£¥]?\s*)([\d.,eE+-]+)(.*)$/.exec(String(right)) ?? [];
  const shown = new Intl.NumberFormat("en-US", {
    useGrouping: number.includes(","),
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(Math.abs(wrong));
  const sign = wrong < 0 ? "-" : "";
  return `${sign}${before.replace(/[+-]/, "")}${shown}${after}`;
}

/** 1 to 28 days more than is allowed away. */
function otherDays({ tolerance }: AnswerField, right: unknown, random: () => number): unknown[] {
  const day = dayNumber(right);
  if (day === null || typeof right !== "string") return [];
  const away = Math.floor(tolerance?.absolute ?? 0) + 1 + Math.floor(random() * 28);
  const up = random() < 0.5;
  const written = right.trim();
  const separator = written.charAt(4);
  return [up ? day + away : day - away, up ? day - away : day + away].map((wrong) => {
    const iso = new Date(wrong * DAY_MS).toISOString().slice(0, 10);
    return iso.replaceAll("-", separator) + written.slice(10);
  });
}

function otherTexts(right: string, random: () => number): string[] {
  const changed = [
    otherDigit(right, random),
    otherOrder(right, random),
    withoutWord(right, random),
    otherLetter(right, random),
    cutOff(right),
  ];
  return changed.filter((text): text is string => text !== null && text !== right && text.trim() !== "");
}

function otherDigit(text: string, random: () => number): string | null {
  const places = [...text.matchAll(/\d/g)].map((match) => match.index);
  const at = places[Math.floor(random() * places.length)];
  if (at === undefined) return null;
  const digit = (Number(text.charAt(at)) + 1 + Math.floor(random() * 9)) % 10;
  return text.slice(0, at) + String(digit) + text.slice(at + 1);
}

function otherOrder(text: string, random: () => number): string | null {
  const words = text.split(" ");
  const places = words.slice(1).flatMap((word, at) => (word === words[at] ? [] : [at]));
  const at = places[Math.floor(random() * places.length)];
  if (at === undefined) return null;
  return [...words.slice(0, at), words[at + 1], words[at], ...words.slice(at + 2)].join(" ");
}

function withoutWord(text: string, random: () => number): string | null {
  const words = text.split(" ");
  if (words.length < 3) return null;
  const at = Math.floor(random() * words.length);
  return [...words.slice(0, at), ...words.slice(at + 1)].join(" ");
}

/** Two neighbours the other way round: "Muller" → "Mulelr". */
function otherLetter(text: string, random: () => number): string | null {
  const letters = Array.from(text);
  const places = letters
    .slice(1)
    .flatMap((letter, at) =>
      letter === letters[at] || /\s/.test(letter + (letters[at] ?? " ")) ? [] : [at],
    );
  const at = places[Math.floor(random() * places.length)];
  if (at === undefined) return null;
  return [...letters.slice(0, at), letters[at + 1], letters[at], ...letters.slice(at + 2)].join("");
}

/** The first half: what is left when even a text that is only close counts as right. */
function cutOff(text: string): string | null {
  const words = text.split(" ");
  if (words.length > 1) return words.slice(0, Math.floor(words.length / 2)).join(" ");
  return text.length > 3 ? text.slice(0, Math.floor(text.length / 2)) : null;
}
