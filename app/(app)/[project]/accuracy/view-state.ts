import {
  createLoader,
  createParser,
  createSerializer,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";

import { outputAddress } from "@/app/(app)/[project]/output/output-address";
import type { Segment } from "@/lib/estimate/schema";

export const RANGES = ["4w", "3m", "6m", "1y", "all"] as const;
export type Range = (typeof RANGES)[number];

const RANGE_DAYS: Readonly<Record<Exclude<Range, "all">, number>> = {
  "4w": 28,
  "3m": 91,
  "6m": 182,
  "1y": 365,
};

/** Windows of the calendar for the search of worst segments: not to be chosen by looking at labels. */
export const SEARCHES = ["30d", "90d", "all"] as const;
export type Search = (typeof SEARCHES)[number];
/** days: two periods of one's own choice. */
export const COMPARED = ["pilot", "previous", "days"] as const;

export interface Days {
  from: string;
  to: string;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** "2026-09-01..2026-09-30"; what is no pair of days in order is as good as left out. */
export const parseAsDays = createParser<Days>({
  parse: (text) => {
    const [from = "", to = "", ...rest] = text.split("..");
    return rest.length === 0 && isDay(from) && isDay(to) && from <= to ? { from, to } : null;
  },
  serialize: ({ from, to }) => `${from}..${to}`,
  eq: (a, b) => a.from === b.from && a.to === b.to,
});

function isDay(text: string): boolean {
  return DAY.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) === text;
}

const SEARCH_DAYS: Readonly<Record<Exclude<Search, "all">, number>> = { "30d": 30, "90d": 90 };

/** All that a shared address of the accuracy page carries. */
export const viewState = {
  segment: parseAsString.withDefault(""),
  range: parseAsStringLiteral(RANGES).withDefault("3m"),
  /** Days picked out of the range, by dragging or by hand. */
  zoom: parseAsDays,
  period: parseAsStringLiteral(["auto", "day", "week", "month"]).withDefault("auto"),
  view: parseAsStringLiteral(["chart", "table"]).withDefault("chart"),
  attribute: parseAsString.withDefault(""),
  sort: parseAsStringLiteral(["segment", "accuracy", "gap", "reviews", "traffic"]).withDefault("gap"),
  order: parseAsStringLiteral(["asc", "desc"]).withDefault("asc"),
  /** Days in which worst segments are searched. */
  search: parseAsStringLiteral(SEARCHES).withDefault("30d"),
  /** What the range is compared with, and the attribute by which the difference is split. */
  against: parseAsStringLiteral(COMPARED).withDefault("pilot"),
  split: parseAsString.withDefault(""),
  /** Of a comparison of chosen days: the later ones and those that they are compared with. */
  later: parseAsDays,
  earlier: parseAsDays,
};
export const loadViewState = createLoader(viewState);

/** "device=ios" ↔ {device, ios}; only the first equals sign separates, so that values may hold more of them. */
export function segmentFromText(text: string): Segment {
  const at = text.indexOf("=");
  return at <= 0 ? { attribute: "", value: "" } : { attribute: text.slice(0, at), value: text.slice(at + 1) };
}

export function segmentText(segment: Segment): string {
  return segment.attribute === "" ? "" : `${segment.attribute}=${segment.value}`;
}

/**
 * The days that a range means. It ends today; when nothing has arrived for two weeks it ends with the last outputs, so that
 * recorded history is not an empty chart.
 */
export function rangeDays(
  range: Range,
  extent: { first: string; last: string } | null,
  today: string,
): { from: string; to: string } {
  return lastDays(range === "all" ? null : RANGE_DAYS[range], extent, today);
}

/** The days that are shown: those picked out of the range, or all of it. */
export function shownDays(
  view: { range: Range; zoom: Days | null },
  extent: { first: string; last: string } | null,
  today: string,
): Days {
  return view.zoom ?? rangeDays(view.range, extent, today);
}

/**
 * Days twice or half as many around the same middle, within what there is. At the least a week: below it there is nothing to see; null
 * when that is everything.
 */
export function zoomedDays({ from, to }: Days, by: "in" | "out", whole: Days): Days | null {
  const length = daysFrom(from, to);
  const wanted = by === "in" ? Math.max(7, Math.ceil(length / 2)) : length * 2;
  const start = shift(from, Math.floor((length - wanted) / 2));
  const end = shift(start, wanted - 1);
  const zoomed = { from: start < whole.from ? whole.from : start, to: end > whole.to ? whole.to : end };
  return zoomed.from === whole.from && zoomed.to === whole.to ? null : zoomed;
}

/** The days in which worst segments are searched; they end as a range does. */
export function searchDays(
  search: Search,
  extent: { first: string; last: string } | null,
  today: string,
): { from: string; to: string } {
  return lastDays(search === "all" ? null : SEARCH_DAYS[search], extent, today);
}

/** The two sides of a comparison; `range` is what the chart shows. */
export function comparedDays(
  view: { against: (typeof COMPARED)[number]; later: Days | null; earlier: Days | null },
  range: Days,
): { later: Days; earlier: Days | "pilot" | "previous" } {
  if (view.against !== "days") return { later: range, earlier: view.against };
  const later = view.later ?? range;
  return { later, earlier: view.earlier ?? daysBefore(later) };
}

/** As many days just before. */
export function daysBefore({ from, to }: Days): Days {
  return { from: shift(from, -daysFrom(from, to)), to: shift(from, -1) };
}

function lastDays(days: number | null, extent: { first: string; last: string } | null, today: string) {
  const stale = extent && shift(extent.last, 14) < today;
  const to = stale ? extent.last : today;
  const first = extent?.first ?? to;
  if (days === null) return { from: first, to };
  const from = shift(to, 1 - days);
  return { from: from < first ? first : from, to };
}

/** From the first day to the last, both counted. */
function daysFrom(first: string, last: string): number {
  return Math.round((Date.parse(last) - Date.parse(first)) / 86_400_000) + 1;
}

function shift(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** Address of exactly the outputs behind a point of the chart. */
export function outputsOfPeriod(
  slug: string,
  segment: Segment,
  period: { start: string; end: string },
): string {
  const text = segmentText(segment);
  return outputAddress(slug, {
    from: period.start,
    to: period.end,
    ...(text ? { segment: [text] } : {}),
    phase: "production",
    state: "counted",
  });
}

const accuracySerializer = createSerializer(viewState);

/** Address of a segment's chart. */
export function accuracyAddress(slug: string, segment: Segment): string {
  return accuracySerializer(`/${slug}/accuracy`, { segment: segmentText(segment) });
}
