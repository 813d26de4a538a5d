import { addNumber, mergeNumbers, noNumbers, type NumberStats } from "./number-stats";
import { FORMATS } from "./schema";
import { textLanguage } from "./text-language";
import { hasFormat, isBadlyEncoded, isEmptyText, textPattern } from "./text-signs";
import { countValue, mergeValues, noValues, type ValueCounts } from "./value-counts";

/** What the texts at one path were like. Everything but `empty` is about texts that are not empty. */
export interface TextStats {
  n: number;
  empty: number;
  length: NumberStats;
  values: ValueCounts;
  /** Texts too long to be names of categories. */
  long: number;
  patterns: ValueCounts;
  /** How many had each of FORMATS. */
  formats: number[];
  badlyEncoded: number;
  /** By language or script, where it can be told. */
  languages: ValueCounts;
  /** Texts that are numbers, as numbers. */
  numbers: NumberStats;
}

const MOST_VALUES = 128;
const MOST_PATTERNS = 32;
const LONGEST_VALUE = 80;
const NUMBER_AT = FORMATS.indexOf("number");

export function noTexts(): TextStats {
  return {
    n: 0,
    empty: 0,
    length: noNumbers(),
    values: noValues(),
    long: 0,
    patterns: noValues(),
    formats: FORMATS.map(() => 0),
    badlyEncoded: 0,
    languages: noValues(),
    numbers: noNumbers(),
  };
}

export function addText(to: TextStats, text: string, seed: number): void {
  if (isEmptyText(text)) {
    to.empty += 1;
    return;
  }
  to.n += 1;
  addNumber(to.length, seed, text.length);
  if (text.length > LONGEST_VALUE) to.long += 1;
  else {
    countValue(to.values, text, MOST_VALUES);
    countValue(to.patterns, textPattern(text), MOST_PATTERNS);
  }
  if (isBadlyEncoded(text)) to.badlyEncoded += 1;
  const language = textLanguage(text);
  if (language !== null) countValue(to.languages, language, MOST_PATTERNS);
  for (let at = 0; at < FORMATS.length; at += 1) {
    const format = FORMATS[at];
    if (!format || !hasFormat(text, format)) continue;
    to.formats[at] = (to.formats[at] ?? 0) + 1;
    if (at === NUMBER_AT) addNumber(to.numbers, seed, Number(text));
  }
}

export function mergeTexts(to: TextStats, from: TextStats): void {
  to.n += from.n;
  to.empty += from.empty;
  mergeNumbers(to.length, from.length);
  mergeValues(to.values, from.values, MOST_VALUES);
  to.long += from.long;
  mergeValues(to.patterns, from.patterns, MOST_PATTERNS);
  from.formats.forEach((count, at) => (to.formats[at] = (to.formats[at] ?? 0) + count));
  to.badlyEncoded += from.badlyEncoded;
  mergeValues(to.languages, from.languages, MOST_PATTERNS);
  mergeNumbers(to.numbers, from.numbers);
}
