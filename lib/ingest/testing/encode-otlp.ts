import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";

/* Writes OTLP's JSON as its protobuf, so that both forms of a test say the same. */

type Fields = Record<string, unknown>;
type Writes = (writer: BinaryWriter, value: unknown) => void;

const { LengthDelimited, Varint, Bit64 } = WireType;
const text: Writes = (writer, value) => void writer.string(String(value));
const hex: Writes = (writer, value) => void writer.bytes(Buffer.from(String(value), "hex"));
const nanos: Writes = (writer, value) => void writer.fixed64(String(value));

/** Field number, wire type, and how the value is written; a list is written once for each of its items. */
type Shape = Readonly<Record<string, readonly [number, WireType, Writes]>>;

function message(shape: () => Shape): Writes {
  return (writer, value) => {
    writer.fork();
    for (const [name, held] of Object.entries(value as Fields)) {
      const field = shape()[name];
      if (!field) throw new Error(`${name} has no number here`);
      for (const each of Array.isArray(held) ? held : [held]) {
        writer.tag(field[0], field[1]);
        field[2](writer, each);
      }
    }
    writer.join();
  };
}

const list: Writes = message(() => ({ values: [1, LengthDelimited, anyValue] }));
const pairs: Writes = message(() => ({ values: [1, LengthDelimited, pair] }));
const anyValue: Writes = message(() => ({
  stringValue: [1, LengthDelimited, text],
  boolValue: [2, Varint, (writer, value) => void writer.bool(value === true)],
  intValue: [3, Varint, (writer, value) => void writer.int64(String(value))],
  doubleValue: [4, Bit64, (writer, value) => void writer.double(Number(value))],
  arrayValue: [5, LengthDelimited, list],
  kvlistValue: [6, LengthDelimited, pairs],
  bytesValue: [
    7,
    LengthDelimited,
    (writer, value) => void writer.bytes(Buffer.from(String(value), "base64")),
  ],
}));
const pair: Writes = message(() => ({
  key: [1, LengthDelimited, text],
  value: [2, LengthDelimited, anyValue],
}));
const resource: Writes = message(() => ({ attributes: [1, LengthDelimited, pair] }));
const status: Writes = message(() => ({
  code: [3, Varint, (writer, value) => void writer.int32(Number(value))],
}));
const span: Writes = message(() => ({
  traceId: [1, LengthDelimited, hex],
  spanId: [2, LengthDelimited, hex],
  traceState: [3, LengthDelimited, text],
  parentSpanId: [4, LengthDelimited, hex],
  name: [5, LengthDelimited, text],
  kind: [6, Varint, (writer, value) => void writer.int32(Number(value))],
  startTimeUnixNano: [7, Bit64, nanos],
  endTimeUnixNano: [8, Bit64, nanos],
  attributes: [9, LengthDelimited, pair],
  status: [15, LengthDelimited, status],
}));
const log: Writes = message(() => ({
  timeUnixNano: [1, Bit64, nanos],
  observedTimeUnixNano: [11, Bit64, nanos],
  attributes: [6, LengthDelimited, pair],
  traceId: [9, LengthDelimited, hex],
  spanId: [10, LengthDelimited, hex],
  eventName: [12, LengthDelimited, text],
}));
const scopeSpans: Writes = message(() => ({ spans: [2, LengthDelimited, span] }));
const scopeLogs: Writes = message(() => ({ logRecords: [2, LengthDelimited, log] }));
const resourceSpans: Writes = message(() => ({
  resource: [1, LengthDelimited, resource],
  scopeSpans: [2, LengthDelimited, scopeSpans],
}));
const resourceLogs: Writes = message(() => ({
  resource: [1, LengthDelimited, resource],
  scopeLogs: [2, LengthDelimited, scopeLogs],
}));

/** The bytes of `{resourceSpans: […]}` or `{resourceLogs: […]}`. */
export function encodeOtlp(body: {
  resourceSpans?: readonly unknown[];
  resourceLogs?: readonly unknown[];
}): Buffer {
  const writer = new BinaryWriter();
  for (const each of body.resourceSpans ?? []) resourceSpans(writer.tag(1, LengthDelimited), each);
  for (const each of body.resourceLogs ?? []) resourceLogs(writer.tag(1, LengthDelimited), each);
  return Buffer.from(writer.finish());
}

/** A value as an attribute holds it. */
export function otlpValue(value: unknown): Fields {
  if (typeof value === "string") return { stringValue: value };
  if (typeof value === "boolean") return { boolValue: value };
  if (typeof value === "bigint") return { intValue: String(value) };
  if (typeof value === "number") return { doubleValue: value };
  if (Array.isArray(value)) return { arrayValue: { values: value.map(otlpValue) } };
  return { kvlistValue: { values: otlpPairs(value as Fields) } };
}

export function otlpPairs(attributes: Fields): { key: string; value: Fields }[] {
  return Object.entries(attributes).map(([key, value]) => ({ key, value: otlpValue(value) }));
}

let made = 0;

/** A span of a model's call that is an output by itself; each of another trace. */
export function otlpSpan(attributes: Fields, more: Fields = {}): Fields {
  made += 1;
  const end = BigInt(Date.now()) * 1_000_000n + BigInt(made);
  return {
    traceId: made.toString(16).padStart(32, "a"),
    spanId: made.toString(16).padStart(16, "b"),
    name: "chat",
    startTimeUnixNano: String(end - 812_000_000n),
    endTimeUnixNano: String(end),
    attributes: otlpPairs(attributes),
    ...more,
  };
}

export function spansBody(spans: readonly Fields[], attributes: Fields = {}) {
  return { resourceSpans: [{ resource: { attributes: otlpPairs(attributes) }, scopeSpans: [{ spans }] }] };
}

export function logsBody(logRecords: readonly Fields[]) {
  return { resourceLogs: [{ resource: { attributes: [] }, scopeLogs: [{ logRecords }] }] };
}
