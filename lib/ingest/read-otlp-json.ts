import { isUtf8 } from "node:buffer";
import { MAX_NESTED, type ReadingLimit, readingLimit } from "./otlp-limits";
import type { Attributes, OtlpLog, OtlpSpan, OtlpValue } from "./otlp-value";
import { isPlainObject } from "./read-fields";

/*
 * OTLP as JSON: protobuf's own JSON with ids in hex and names in lowerCamelCase. What is not known is passed over; what has another
 * structure is an error, so that nothing is taken for an empty request.
 */

type Fields = Record<string, unknown>;

export function* jsonSpans(bytes: Buffer): Generator<OtlpSpan> {
  const limit = readingLimit();
  for (const { item, resource } of itemsOf(bytes, ["resourceSpans", "scopeSpans", "spans"], limit)) {
    yield {
      ...idsOf(item),
      parentSpanId: hexId(item.parentSpanId, 16),
      traceState: textOf(item.traceState),
      name: textOf(item.name),
      startNanos: nanosOf(item.startTimeUnixNano),
      endNanos: nanosOf(item.endTimeUnixNano),
      failed: isPlainObject(item.status) && [2, "STATUS_CODE_ERROR"].includes(item.status.code as number),
      attributes: attributesOf(item.attributes, limit),
      resource,
    };
  }
}

export function* jsonLogs(bytes: Buffer): Generator<OtlpLog> {
  const limit = readingLimit();
  for (const { item, resource } of itemsOf(bytes, ["resourceLogs", "scopeLogs", "logRecords"], limit)) {
    const nanos = nanosOf(item.timeUnixNano);
    yield {
      ...idsOf(item),
      eventName: textOf(item.eventName),
      nanos: nanos === 0n ? nanosOf(item.observedTimeUnixNano) : nanos,
      attributes: attributesOf(item.attributes, limit),
      resource,
    };
  }
}

function* itemsOf(
  bytes: Buffer,
  [outer, scopes, inner]: readonly [string, string, string],
  limit: ReadingLimit,
): Generator<{ item: Fields; resource: Attributes }> {
  if (!isUtf8(bytes)) throw new Error("the text is not valid UTF-8");
  const body: unknown = JSON.parse(bytes.toString("utf8"));
  if (!isPlainObject(body)) throw new Error("it is not an object");
  if (!(outer in body) && Object.keys(body).length > 0) throw new Error(`${outer} is missing`);
  for (const group of listOf(body[outer], outer)) {
    const { resource } = group;
    const shared = attributesOf(isPlainObject(resource) ? resource.attributes : undefined, limit);
    for (const scope of listOf(group[scopes], scopes)) {
      for (const item of listOf(scope[inner], inner)) {
        limit.count();
        yield { item, resource: shared };
      }
    }
  }
}

function listOf(value: unknown, name: string): Fields[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value) || !value.every(isPlainObject)) throw new Error(`${name} is no list of objects`);
  return value;
}

function idsOf(item: Fields): { traceId: string; spanId: string } {
  return { traceId: hexId(item.traceId, 32), spanId: hexId(item.spanId, 16) };
}

function hexId(value: unknown, digits: number): string {
  const text = textOf(value).toLowerCase();
  return text.length === digits && /^[0-9a-f]+$/.test(text) && !/^0+$/.test(text) ? text : "";
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** 64 bits as protobuf writes them in JSON, as a text, or as the number that some senders write. */
function nanosOf(value: unknown): bigint {
  if (typeof value === "string" && /^\d{1,20}$/.test(value)) return BigInt(value);
  return typeof value === "number" && Number.isInteger(value) && value > 0 ? BigInt(value) : 0n;
}

function attributesOf(value: unknown, limit: ReadingLimit, depth = 0): Map<string, OtlpValue> {
  const attributes = new Map<string, OtlpValue>();
  for (const { key, value: held } of listOf(value, "attributes")) {
    limit.count();
    const read = anyValue(held, limit, depth);
    if (typeof key === "string" && read !== undefined && !attributes.has(key)) attributes.set(key, read);
  }
  return attributes;
}

/** Undefined for a whole number that JSON.parse has rounded, and for what is no value of the format. */
function anyValue(value: unknown, limit: ReadingLimit, depth: number): OtlpValue | undefined {
  if (depth > MAX_NESTED) throw new Error("its values are nested too deeply");
  if (!isPlainObject(value)) return value === undefined || value === null ? null : undefined;
  const { stringValue, boolValue, intValue, doubleValue, arrayValue, kvlistValue, bytesValue } = value;
  if (typeof stringValue === "string") return stringValue;
  if (typeof boolValue === "boolean") return boolValue;
  if (intValue !== undefined) return wholeNumber(intValue);
  if (doubleValue !== undefined) return doubleNumber(doubleValue);
  if (isPlainObject(arrayValue)) {
    return listOf(arrayValue.values, "values").map((each) => {
      limit.count();
      return anyValue(each, limit, depth + 1) ?? null;
    });
  }
  if (isPlainObject(kvlistValue)) return attributesOf(kvlistValue.values, limit, depth + 1);
  if (typeof bytesValue === "string") return bytesValue;
  return Object.keys(value).length === 0 ? null : undefined;
}

function wholeNumber(value: unknown): bigint | undefined {
  if (typeof value === "string" && /^-?\d{1,20}$/.test(value)) return BigInt(value);
  return Number.isSafeInteger(value) ? BigInt(value as number) : undefined;
}

function doubleNumber(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value !== "string" || value.trim() === "") return undefined;
  const number = Number(value);
  return Number.isNaN(number) && value !== "NaN" ? undefined : number;
}
