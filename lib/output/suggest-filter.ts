import { formatCount, formatSegmentValue } from "@/lib/core/format";

import { FILTER_NAMES, type FilterName, isKnownName, type KnownName } from "./filter-name";
import { type FilterToken, filterTokens, quoted } from "./filter-token";
import { attributeName, term } from "./print-filter";

const MOST_SUGGESTED = 12;
const MOST_VALUES_OF_A_WORD = 5;

export interface OptionValue {
  value: string;
  count?: number;
}

/** What really occurs in the project. */
export interface FilterOptions {
  segments: readonly { attribute: string; value: string; count: number }[];
  versions: readonly OptionValue[];
  flags: readonly OptionValue[];
  reviewers: readonly OptionValue[];
  /** Versions and flags are counted in so many of the newest outputs. */
  recent: number;
}

export interface FilterSuggestion {
  /** What would be written. */
  label: string;
  detail: string;
  /** The whole text with it, and where the typing goes on. */
  text: string;
  caret: number;
  /** Nothing is left to say: the term is whole. */
  complete: boolean;
}

interface Draft {
  insert: string;
  label?: string;
  detail: string;
  complete: boolean;
}

export function attributesOf(options: FilterOptions): string[] {
  return [...new Set(options.segments.map(({ attribute }) => attribute))];
}

/** What could stand at the caret: names first, then the values of the name that was chosen. Pure; `today` is the project's day. */
export function suggestFilters(
  text: string,
  caret: number,
  { options, today }: { options: FilterOptions; today: string },
): FilterSuggestion[] {
  const token = filterTokens(text).find(({ start, end }) => start <= caret && caret <= end);
  const start = token?.start ?? caret;
  const end = token?.end ?? caret;
  return draftsAt(token, { text, caret, options, today })
    .slice(0, MOST_SUGGESTED)
    .map(({ insert, label, detail, complete }) => {
      const after = text.slice(end);
      const gap = complete && !/^\s/.test(after) ? " " : "";
      return {
        label: label ?? insert,
        detail,
        complete,
        text: `${text.slice(0, start)}${insert}${gap}${after}`,
        caret: start + insert.length + (complete ? 1 : 0),
      };
    });
}

interface Place {
  text: string;
  caret: number;
  options: FilterOptions;
  today: string;
}

function draftsAt(token: FilterToken | undefined, place: Place): Draft[] {
  if (!token) return nameDrafts("", false, place.options);
  const minus = token.negated ? "-" : "";
  if (token.name === null || place.caret < token.valueStart) {
    const typed = place.text.slice(token.start + minus.length, place.caret).replaceAll('"', "");
    const names = nameDrafts(typed, token.negated, place.options);
    return typed === "" ? names : [...names, ...wordDrafts(typed, minus, place.options)];
  }
  const known = token.name.toLowerCase();
  const typed = token.value.toLowerCase();
  const isKnown = !token.quotedName && isKnownName(known);
  const name = isKnown ? known : attributeName(token.name);
  const values = isKnown ? knownValues(known, place) : segmentValues(token.name, place.options);
  return matching(values, typed, ({ value, detail }) => `${value} ${detail}`).map(({ value, detail }) => ({
    insert: `${minus}${term(name, value)}`,
    label: formatSegmentValue(value),
    detail,
    complete: true,
  }));
}

function nameDrafts(typed: string, negated: boolean, options: FilterOptions): Draft[] {
  const attributes = attributesOf(options).map((attribute) => ({
    name: attributeName(attribute),
    detail: `attribute, ${examplesOf(attribute, options)}`,
  }));
  const known = (Object.entries(FILTER_NAMES) as [KnownName, FilterName][])
    .filter(([, { excludes }]) => excludes || !negated)
    .map(([name, { meaning }]) => ({ name, detail: meaning }));
  return matching([...attributes, ...known], typed.toLowerCase(), ({ name }) => name).map(
    ({ name, detail }) => ({
      insert: `${negated ? "-" : ""}${name}=`,
      detail,
      complete: false,
    }),
  );
}

function examplesOf(attribute: string, { segments }: FilterOptions): string {
  const values = segments.filter((each) => each.attribute === attribute);
  const some = values.slice(0, 2).map(({ value }) => formatSegmentValue(value));
  return values.length > some.length ? `${some.join(", ")} … ${values.length} values` : some.join(", ");
}

/** A word may also be the beginning of a value, of a sender's id, or a text. */
function wordDrafts(typed: string, minus: string, options: FilterOptions): Draft[] {
  const segments = matching(options.segments, typed.toLowerCase(), ({ value }) => value)
    .slice(0, MOST_VALUES_OF_A_WORD)
    .map(({ attribute, value, count }) => ({
      insert: `${minus}${term(attributeName(attribute), value)}`,
      detail: countText(count),
      complete: true,
    }));
  if (minus !== "") return segments;
  return [
    ...segments,
    { insert: term("id", typed), detail: "the sender's id begins so", complete: true },
    { insert: quoted(typed), detail: "occurs in the id, input or output", complete: true },
  ];
}

interface ShownValue {
  value: string;
  detail: string;
}

function segmentValues(attribute: string, { segments }: FilterOptions): ShownValue[] {
  return segments
    .filter((each) => each.attribute === attribute)
    .map(({ value, count }) => ({ value, detail: countText(count) }));
}

const RELATIVE_DAYS = [
  { days: 0, detail: "today" },
  { days: 1, detail: "yesterday" },
  { days: 6, detail: "the last 7 days" },
  { days: 27, detail: "the last 4 weeks" },
  { days: 90, detail: "the last 3 months" },
];

function knownValues(name: KnownName, { options, today }: Place): ShownValue[] {
  const recent = (values: readonly OptionValue[]) =>
    values.map(({ value, count }) => ({
      value,
      detail: count === undefined ? "" : `${formatCount(count)} of the newest ${formatCount(options.recent)}`,
    }));
  switch (name) {
    case "from":
    case "to":
      return RELATIVE_DAYS.map(({ days, detail }) => ({
        value: new Date(Date.parse(today) - days * 86_400_000).toISOString().slice(0, 10),
        detail: name === "to" && days > 1 ? `${days} days ago` : detail,
      }));
    case "version":
      return recent(options.versions);
    case "flag":
      return [
        { value: "yes", detail: "anything odd" },
        { value: "no", detail: "nothing odd" },
        ...recent(options.flags),
      ];
    case "reviewer":
      return options.reviewers.map(({ value, count = 0 }) => ({
        value,
        detail: count >= 1000 ? "1,000 reviews or more" : `${formatCount(count)} reviews`,
      }));
    default: {
      const { values = {} }: FilterName = FILTER_NAMES[name];
      return Object.keys(values).map((value) => ({ value, detail: VALUE_DETAIL[`${name}=${value}`] ?? "" }));
    }
  }
}

const VALUE_DETAIL: Readonly<Record<string, string>> = {
  "state=counted": "in the accuracy",
  "state=unsure": "nobody could judge it",
  "state=surplus": "judged, not counted yet",
  "state=waiting": "waiting for review",
  "state=withdrawn": "drawn, served no longer",
  "state=not_drawn": "not drawn for review",
  "reviewed=yes": "in the accuracy",
  "reviewed=no": "not in the accuracy",
};

/** Those that begin so, then those that hold it anywhere. */
function matching<T>(items: readonly T[], typed: string, textOf: (item: T) => string): T[] {
  const texts = items.map((item) => ({ item, text: textOf(item).toLowerCase() }));
  const begins = texts.filter(({ text }) => text.startsWith(typed) || text.startsWith(`"${typed}`));
  const holds = texts.filter((each) => !begins.includes(each) && each.text.includes(typed));
  return [...begins, ...holds].map(({ item }) => item);
}

function countText(count: number): string {
  return count >= 1 ? `${formatCount(Math.round(count))} outputs` : "";
}
