/** What an attribute holds. Whole numbers are kept apart: a double does not hold all of them. */
export type OtlpValue =
  | string
  | boolean
  | number
  | bigint
  | null
  | readonly OtlpValue[]
  | ReadonlyMap<string, OtlpValue>;

/**
 * Attributes by their whole key, `a.b.c` as it is: a dotted key never becomes an object in an object, where `__proto__` would reach
 * what all objects share.
 */
export type Attributes = ReadonlyMap<string, OtlpValue>;

/** What spans and log records have in common. Ids are lower-case hex, empty where there is none. */
export interface OtlpItem {
  traceId: string;
  spanId: string;
  attributes: Attributes;
  /** Attributes of the process that sent it. */
  resource: Attributes;
}

export interface OtlpSpan extends OtlpItem {
  parentSpanId: string;
  traceState: string;
  name: string;
  /** Nanoseconds since 1970; 0 is none. */
  startNanos: bigint;
  endNanos: bigint;
  failed: boolean;
}

export interface OtlpLog extends OtlpItem {
  eventName: string;
  nanos: bigint;
}

/** As JSON. A number that JSON does not have (NaN, Infinity) is its name as a text, as in OTLP's own JSON. */
export function valueText(value: OtlpValue): string {
  if (typeof value === "bigint") return String(value);
  if (typeof value === "number") return Number.isFinite(value) ? JSON.stringify(value) : `"${value}"`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (value instanceof Map) {
    const members = value as ReadonlyMap<string, OtlpValue>;
    return objectText([...members].map(([key, each]) => [key, valueText(each)]));
  }
  return `[${(value as readonly OtlpValue[]).map(valueText).join(",")}]`;
}

/** An object of members that are JSON already. */
export function objectText(members: readonly (readonly [string, string])[]): string {
  return `{${members.map(([key, text]) => `${JSON.stringify(key)}:${text}`).join(",")}}`;
}

/** Written as bytes it would become another character, and nobody would see it. */
const HALF_CHARACTER = /\p{Surrogate}/u;

/**
 * Content as JSON. Attributes hold lists and objects as a text of JSON: it goes on as it was sent, so that the guard of records sees
 * its bytes and not what JavaScript made of them.
 */
export function contentText(value: OtlpValue): string {
  if (typeof value !== "string" || !/^\s*[[{]/.test(value) || HALF_CHARACTER.test(value))
    return valueText(value);
  try {
    JSON.parse(value);
    return value;
  } catch {
    return valueText(value);
  }
}

/** The time of nanoseconds since 1970 as records write it; null for none. */
export function instantText(nanos: bigint): string | null {
  if (nanos === 0n) return null;
  const milliseconds = Number(nanos / 1_000_000n);
  // Beyond this no Date exists; the record's own reading says that it is no time.
  if (milliseconds > 8.64e15) return String(nanos);
  const fraction = String(nanos % 1_000_000n).padStart(6, "0");
  return `${new Date(milliseconds).toISOString().slice(0, -1)}${fraction}Z`;
}
