import { formatSegmentValue } from "@/lib/core/format";
import type { OutputFilter, OutputQuery } from "@/lib/output/schema";

/** What the page's address says: what is listed, and with which columns. */
export type PageQuery = OutputQuery & { column?: string[] | undefined };

const DEFAULTS: Readonly<Record<string, string>> = { sort: "newest", limit: "50" };

/** The address of the outputs that a query finds; what is the default is left out. */
export function outputAddress(slug: string, query: Partial<PageQuery>): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const each of [value].flat()) {
      if (each !== undefined && each !== "" && String(each) !== DEFAULTS[name])
        parameters.append(name, String(each));
    }
  }
  const text = parameters.toString();
  return text ? `/${slug}/output?${text}` : `/${slug}/output`;
}

/** What is looked for, without order, page and columns. */
export function filterOf(query: PageQuery): OutputFilter {
  const { column: _column, ...list } = query;
  const { sort: _sort, limit: _limit, after: _after, before: _before, ...filter } = list;
  return filter;
}

/** The query with another order: it starts again from its first page. */
export function withOrder(query: PageQuery, sort: OutputQuery["sort"]): Partial<PageQuery> {
  return withFilter({ ...query, sort }, filterOf(query));
}

/** The same page with other columns; without any, with the usual ones. */
export function withColumns(query: PageQuery, column: string[] | undefined): PageQuery {
  return { ...query, column };
}

/** The query with other filters in the same order and columns, from its first page. */
export function withFilter({ sort, limit, column }: PageQuery, filter: OutputFilter): Partial<PageQuery> {
  return { ...filter, sort, limit, column };
}

/** The query with a cursor to the page after or before. */
export function withCursor(
  query: PageQuery,
  cursor: { after?: string; before?: string },
): Partial<PageQuery> {
  return { ...withFilter(query, filterOf(query)), ...cursor };
}

export function hasFilter(query: PageQuery): boolean {
  return Object.values(filterOf(query)).some((value) => value !== undefined && value.length > 0);
}

/** Where the outputs that a query finds can be downloaded. */
export function exportAddress(slug: string, query: PageQuery, format: "csv" | "jsonl"): string {
  const [, parameters = ""] = outputAddress(slug, { ...filterOf(query), sort: query.sort }).split("?");
  return `/api/v1/projects/${slug}/outputs/export?${new URLSearchParams(`${parameters}&format=${format}`).toString()}`;
}

/** One filter as it is shown: its words, and the filter without it. */
export interface FilterChip {
  key: string;
  text: string;
  without: OutputFilter;
}

const STATE_TEXT: Readonly<Record<NonNullable<OutputFilter["state"]>, string>> = {
  counted: "in the accuracy",
  unsure: "nobody could judge it",
  surplus: "judged, not counted yet",
  waiting: "waiting for review",
  withdrawn: "withdrawn",
  not_drawn: "not drawn",
};

export function filterChips(query: PageQuery): FilterChip[] {
  const filter = filterOf(query);
  const chips: FilterChip[] = [];
  const add = (key: keyof OutputFilter, text: string | undefined) => {
    if (text !== undefined) chips.push({ key, text, without: { ...filter, [key]: undefined } });
  };
  const addEach = (key: "segment" | "not" | "text", textOf: (value: string) => string) => {
    for (const value of filter[key] ?? []) {
      const others = filter[key]?.filter((each) => each !== value);
      chips.push({ key: `${key} ${value}`, text: textOf(value), without: { ...filter, [key]: others } });
    }
  };
  addEach("segment", segmentText);
  add("from", query.from && `from ${query.from}`);
  add("to", query.to && `to ${query.to}`);
  add("phase", query.phase);
  add("state", query.state && STATE_TEXT[query.state]);
  add("reviewed", query.reviewed && (query.reviewed === "yes" ? "in the accuracy" : "not in the accuracy"));
  add("verdict", query.verdict?.replace("_", " "));
  add("version", query.version && `version ${query.version}`);
  add("flag", query.flag && flagText(query.flag));
  add("field", query.field);
  add("reviewer", query.reviewer && `judged by ${query.reviewer}`);
  add("id", query.id && `id begins with ${query.id}`);
  addEach("not", excludedText);
  addEach("text", (text) => `“${text}”`);
  return chips;
}

function flagText(flag: string): string {
  if (flag === "yes") return "flagged";
  return flag === "no" ? "not flagged" : `flagged: ${flag.replaceAll("_", " ").toLowerCase()}`;
}

function segmentText(segment: string): string {
  const at = segment.indexOf("=");
  return `${segment.slice(0, at)} = ${formatSegmentValue(segment.slice(at + 1))}`;
}

function excludedText(text: string): string {
  if (text.startsWith("segment.")) return `not ${segmentText(text.slice("segment.".length))}`;
  const at = text.indexOf("=");
  return `not ${text.slice(0, at)} ${text.slice(at + 1).replaceAll("_", " ")}`;
}
