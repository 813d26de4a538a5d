import { hasFormat } from "./text-signs";

export type Ordered = { kind: "number" | "time"; value: number } | null;

/** A value that has a place in an order: a number, a number as text, or an ISO date. */
export function orderValue(value: unknown): Ordered {
  if (typeof value === "number") return { kind: "number", value };
  if (typeof value !== "string" || value.length > 40) return null;
  if (hasFormat(value, "number")) return { kind: "number", value: Number(value) };
  if (!hasFormat(value, "date") && !hasFormat(value, "datetime")) return null;
  const time = Date.parse(value);
  return Number.isNaN(time) ? null : { kind: "time", value: time };
}

/** Numbers are compared with numbers, dates with dates. */
export function isAbove(a: Ordered, b: Ordered): boolean {
  return a !== null && b !== null && a.kind === b.kind && a.value > b.value;
}
