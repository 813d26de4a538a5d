import { formatCount, formatInstant, formatPercent } from "@/lib/core/format";

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/;
/** Numbers that are shares of one. */
const SHARES: ReadonlySet<string> = new Set([
  "accuracy",
  "double_review_share",
  "drop",
  "floor",
  "tolerance",
]);

/** A detail as people write it: shares in percent, instants in the page's zone, constants in small letters. */
export function detailText(name: string, value: unknown, timeZone: string): string {
  if (Array.isArray(value)) return value.map((each) => detailText(name, each, timeZone)).join(", ");
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number") {
    if (SHARES.has(name)) return formatPercent(value);
    return Number.isInteger(value) ? formatCount(value) : String(value);
  }
  const text = typeof value === "string" ? value : JSON.stringify(value);
  if (INSTANT.test(text)) return formatInstant(text, timeZone);
  return /^[A-Z_]+$/.test(text) ? text.toLowerCase().replaceAll("_", " ") : text;
}
