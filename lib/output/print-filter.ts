import { DAY_NAMES, FILTER_NAMES, isKnownName, type KnownName } from "./filter-name";
import { quoted } from "./filter-token";
import type { OutputFilter } from "./schema";

/** The filter in its language: `parseFilter` reads it back to the same. */
export function printFilter(filter: OutputFilter): string {
  return filterTerms(filter).join(" ");
}

/** Each term of the filter by itself. */
function filterTerms(filter: OutputFilter): string[] {
  const known = (Object.keys(FILTER_NAMES) as KnownName[]).flatMap((name) => {
    const value = filter[name];
    return value === undefined ? [] : [term(name, value)];
  });
  return [
    ...(filter.segment ?? []).map(segmentTerm),
    ...known,
    ...(filter.not ?? []).map((text) =>
      text.startsWith("segment.") ? `-${segmentTerm(text.slice("segment.".length))}` : `-${knownTerm(text)}`,
    ),
    ...(filter.text ?? []).map(quoted),
  ];
}

export function term(name: string, value: string): string {
  return `${name}=${value === "" ? '""' : quoted(value)}`;
}

/** An attribute that is spelt like a name of the language needs quotes. */
export function attributeName(attribute: string): string {
  const plain = attribute.toLowerCase();
  return isKnownName(plain) || plain in DAY_NAMES ? `"${attribute}"` : quoted(attribute);
}

function segmentTerm(text: string): string {
  const at = text.indexOf("=");
  return term(attributeName(text.slice(0, at)), text.slice(at + 1));
}

function knownTerm(text: string): string {
  const at = text.indexOf("=");
  return term(text.slice(0, at), text.slice(at + 1));
}
