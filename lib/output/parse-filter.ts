import { editDistance } from "@/lib/core/text-similarity";

import {
  DAY_NAMES,
  FILTER_NAMES,
  type FilterName,
  isKnownName,
  type KnownName,
  knownValue,
} from "./filter-name";
import { type FilterToken, filterTokens, quoted } from "./filter-token";
import { LONGEST, MOST_EXCLUDED, MOST_SEGMENTS, MOST_TEXTS } from "./filter-limit";
import type { OutputFilter } from "./schema";

/** What is wrong with a filter, and where in its text. */
export interface FilterProblem {
  start: number;
  end: number;
  message: string;
}

export interface ParsedFilter {
  filter: OutputFilter;
  problems: FilterProblem[];
}

type Refuse = (message: string) => void;

/**
 * Reads `language=de -channel=web verdict=wrong "free text"`. Every problem is told with its place; the filter then holds what was
 * understood. `attributes` are the segment attributes that the project has.
 */
export function parseFilter(text: string, attributes: readonly string[]): ParsedFilter {
  const problems: FilterProblem[] = [];
  const filter: OutputFilter = {};
  for (const token of filterTokens(text)) {
    const { start, end } = token;
    readToken(filter, token, attributes, (message) => problems.push({ start, end, message }));
  }
  if (filter.from && filter.to && filter.from > filter.to) {
    problems.push({ start: 0, end: text.length, message: `No day is from ${filter.from} to ${filter.to}.` });
  }
  if (problems.length === 0 && isTooLong(filter)) {
    problems.push({ start: 0, end: text.length, message: "One of these values is too long." });
  }
  return { filter, problems };
}

function isTooLong(filter: OutputFilter): boolean {
  return Object.entries(LONGEST).some(([name, longest]) =>
    [filter[name as keyof typeof LONGEST] ?? []].flat().some((value) => value.length > longest),
  );
}

function readToken(
  filter: OutputFilter,
  token: FilterToken,
  attributes: readonly string[],
  refuse: Refuse,
): void {
  const { name, value } = token;
  if (token.open) return refuse('A quote was opened and not closed: add " at the end.');
  if (name === null) return readText(filter, token, refuse);
  if (name === "") return refuse("There is a sign but no name before it, as in language=de.");
  const day = token.quotedName ? undefined : DAY_NAMES[name.toLowerCase()];
  if (day) return readDay(filter, day.name, { value, shift: day.shift, negated: token.negated }, refuse);
  const known = name.toLowerCase();
  if (!token.quotedName && isKnownName(known)) return readKnown(filter, known, token, refuse);
  readSegment(filter, token, { name, attributes }, refuse);
}

function readText(filter: OutputFilter, { value, negated }: FilterToken, refuse: Refuse): void {
  if (negated) return refuse("A text can be looked for, but not left out.");
  if (value === "") return refuse("There is nothing between these quotes.");
  const texts = filter.text ?? [];
  if (texts.length >= MOST_TEXTS) return refuse(`At most ${MOST_TEXTS} texts can be looked for at once.`);
  filter.text = [...texts, value];
}

function readSegment(
  filter: OutputFilter,
  token: FilterToken,
  { name, attributes }: { name: string; attributes: readonly string[] },
  refuse: Refuse,
): void {
  if (name.includes("="))
    return refuse("The name of an attribute that is looked for cannot hold an equals sign.");
  if (!attributes.includes(name)) return refuse(unknownName(name, attributes));
  if (token.negated) return exclude(filter, `segment.${name}=${token.value}`, refuse);
  const segments = filter.segment ?? [];
  if (segments.some((each) => each.startsWith(`${name}=`))) return refuse(saidTwice(name));
  if (segments.length >= MOST_SEGMENTS) {
    return refuse(`At most ${MOST_SEGMENTS} segments can be asked for at once.`);
  }
  filter.segment = [...segments, `${name}=${token.value}`];
}

function readKnown(filter: OutputFilter, name: KnownName, token: FilterToken, refuse: Refuse): void {
  if (token.value === "") return refuse(`Say what ${name} should be${examples(name)}.`);
  if (name === "from" || name === "to") {
    return readDay(filter, name, { value: token.value, shift: 0, negated: token.negated }, refuse);
  }
  const value = knownValue(name, token.value);
  if (value === undefined) return refuse(`${code(name)} cannot be ${code(token.value)}${examples(name)}.`);
  if (!token.negated) return setOnce(filter, name, value, refuse);
  if (!FILTER_NAMES[name].excludes) return refuse(`${code(name)} can be asked for, but not left out.`);
  const opposite = OPPOSITES[`${name}=${value}`];
  if (opposite) setOnce(filter, name, opposite, refuse);
  else exclude(filter, `${name}=${value}`, refuse);
}

/** Leaving out one of two is asking for the other. */
const OPPOSITES: Readonly<Record<string, string>> = {
  "phase=pilot": "production",
  "phase=production": "pilot",
  "reviewed=yes": "no",
  "reviewed=no": "yes",
  "flag=yes": "no",
  "flag=no": "yes",
};

function readDay(
  filter: OutputFilter,
  name: "from" | "to",
  { value, shift, negated }: { value: string; shift: number; negated: boolean },
  refuse: Refuse,
): void {
  if (negated) return refuse("A day can be the first or the last, but not left out.");
  if (!isDay(value)) {
    return refuse(`${code(value)} is no day; a day looks like 2026-10-01.`);
  }
  const day = new Date(Date.parse(value) + shift * 86_400_000).toISOString().slice(0, 10);
  setOnce(filter, name, day, refuse);
}

/** Of the calendar, written as 2026-10-01. */
function isDay(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : Number.NaN;
  // Some engines take 30 February for a day of March.
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

function setOnce(filter: OutputFilter, name: KnownName, value: string, refuse: Refuse): void {
  if (filter[name] !== undefined) return refuse(saidTwice(name));
  Object.assign(filter, { [name]: value });
}

function exclude(filter: OutputFilter, text: string, refuse: Refuse): void {
  const excluded = filter.not ?? [];
  if (excluded.length >= MOST_EXCLUDED)
    return refuse(`At most ${MOST_EXCLUDED} things can be left out at once.`);
  filter.not = [...excluded, text];
}

function saidTwice(name: string): string {
  return `${code(name)} is said twice, and an output has only one. Remove one of the two.`;
}

function examples(name: KnownName): string {
  const { values }: FilterName = FILTER_NAMES[name];
  return values ? `: it is ${Object.keys(values).join(", ")}` : "";
}

function unknownName(name: string, attributes: readonly string[]): string {
  const nearest = nearestName(name, [...attributes, ...Object.keys(FILTER_NAMES)]);
  const hint = nearest ? `; did you mean ${code(nearest)}?` : ".";
  return `There is no attribute ${code(name)}${hint} To look for a text, put it in quotes.`;
}

/** The name that was probably meant: one that goes on from what was typed, or at most a third of it away. */
export function nearestName(name: string, names: readonly string[]): string | undefined {
  const typed = name.toLowerCase();
  const longer = names.find((each) => typed.length > 1 && each.toLowerCase().startsWith(typed));
  if (longer) return longer;
  const [best] = names
    .map((each) => ({ each, edits: editDistance(each.toLowerCase(), typed) }))
    .filter(({ each, edits }) => edits <= Math.max(each.length, typed.length) / 3)
    .sort((a, b) => a.edits - b.edits);
  return best?.each;
}

/** Names and values stand out from the sentence as they stand in the filter. */
function code(text: string): string {
  return `\`${quoted(text)}\``;
}
