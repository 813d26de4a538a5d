import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";
import { MAX_NESTED, type ReadingLimit, readingLimit } from "./otlp-limits";
import type { Attributes, OtlpLog, OtlpSpan, OtlpValue } from "./otlp-value";

/*
 * OTLP as protobuf, read field by field with the numbers of opentelemetry-proto 1.x; what is not known is passed over. Everything here
 * throws on bytes that are cut off or no protobuf.
 */

const tag = (field: number, wire: WireType) => field * 8 + wire;
const inner = (field: number) => tag(field, WireType.LengthDelimited);
const wide = (field: number) => tag(field, WireType.Bit64);
const small = (field: number) => tag(field, WireType.Varint);

const GROUP = { resource: inner(1), scope: inner(2) };
const SPAN = {
  traceId: inner(1),
  spanId: inner(2),
  traceState: inner(3),
  parentSpanId: inner(4),
  name: inner(5),
  start: wide(7),
  end: wide(8),
  attribute: inner(9),
  status: inner(15),
};
const LOG = { time: wide(1), attribute: inner(6), traceId: inner(9), spanId: inner(10), observed: wide(11) };
const EVENT_NAME = inner(12);
const VALUE = {
  text: inner(1),
  bool: small(2),
  int: small(3),
  double: wide(4),
  array: inner(5),
  list: inner(6),
  bytes: inner(7),
};
const STATUS_CODE = small(3);
const STATUS_ERROR = 2;
const FIRST = inner(1);
const SECOND = inner(2);

export function* protobufSpans(bytes: Uint8Array): Generator<OtlpSpan> {
  const limit = readingLimit();
  for (const { item, resource } of itemsOf(bytes, limit)) yield spanFrom(item, resource, limit);
}

export function* protobufLogs(bytes: Uint8Array): Generator<OtlpLog> {
  const limit = readingLimit();
  for (const { item, resource } of itemsOf(bytes, limit)) yield logFrom(item, resource, limit);
}

/** Calls `read` for each field; it returns false for what it does not know. */
function eachField(bytes: Uint8Array, read: (reader: BinaryReader, tag: number) => boolean): void {
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    const [field, wire] = reader.tag();
    if (!read(reader, tag(field, wire))) reader.skip(wire, field);
  }
}

/** The parts of a message that are messages under one number. */
function partsOf(bytes: Uint8Array, part: number): Uint8Array[] {
  const parts: Uint8Array[] = [];
  eachField(bytes, (reader, each) => {
    if (each !== part) return false;
    parts.push(reader.bytes());
    return true;
  });
  return parts;
}

/** Spans and log records lie alike: request → resource → scope → item. A resource may be written after its items. */
function* itemsOf(
  bytes: Uint8Array,
  limit: ReadingLimit,
): Generator<{ item: Uint8Array; resource: Attributes }> {
  for (const group of partsOf(bytes, FIRST)) {
    const resource = new Map<string, OtlpValue>();
    for (const each of partsOf(group, GROUP.resource)) readPairs(each, resource, limit, 0);
    for (const scope of partsOf(group, GROUP.scope)) {
      for (const item of partsOf(scope, SECOND)) {
        limit.count();
        yield { item, resource };
      }
    }
  }
}

function spanFrom(bytes: Uint8Array, resource: Attributes, limit: ReadingLimit): OtlpSpan {
  const attributes = new Map<string, OtlpValue>();
  const span: OtlpSpan = {
    traceId: "",
    spanId: "",
    parentSpanId: "",
    traceState: "",
    name: "",
    startNanos: 0n,
    endNanos: 0n,
    failed: false,
    attributes,
    resource,
  };
  eachField(bytes, (reader, each) => {
    if (each === SPAN.attribute) readPair(reader.bytes(), attributes, limit, 0);
    else if (each === SPAN.traceId) span.traceId = hexId(reader.bytes(), 16);
    else if (each === SPAN.spanId) span.spanId = hexId(reader.bytes(), 8);
    else if (each === SPAN.parentSpanId) span.parentSpanId = hexId(reader.bytes(), 8);
    else if (each === SPAN.traceState) span.traceState = reader.string(true);
    else if (each === SPAN.name) span.name = reader.string(true);
    else if (each === SPAN.start) span.startNanos = BigInt(reader.fixed64());
    else if (each === SPAN.end) span.endNanos = BigInt(reader.fixed64());
    else if (each === SPAN.status) span.failed = isError(reader.bytes());
    else return false;
    return true;
  });
  return span;
}

function isError(status: Uint8Array): boolean {
  let code = 0;
  eachField(status, (reader, each) => {
    if (each !== STATUS_CODE) return false;
    code = reader.int32();
    return true;
  });
  return code === STATUS_ERROR;
}

function logFrom(bytes: Uint8Array, resource: Attributes, limit: ReadingLimit): OtlpLog {
  const attributes = new Map<string, OtlpValue>();
  const log: OtlpLog = { traceId: "", spanId: "", eventName: "", nanos: 0n, attributes, resource };
  let observed = 0n;
  eachField(bytes, (reader, each) => {
    if (each === LOG.attribute) readPair(reader.bytes(), attributes, limit, 0);
    else if (each === LOG.traceId) log.traceId = hexId(reader.bytes(), 16);
    else if (each === LOG.spanId) log.spanId = hexId(reader.bytes(), 8);
    else if (each === LOG.time) log.nanos = BigInt(reader.fixed64());
    else if (each === LOG.observed) observed = BigInt(reader.fixed64());
    else if (each === EVENT_NAME) log.eventName = reader.string(true);
    else return false;
    return true;
  });
  if (log.nanos === 0n) log.nanos = observed;
  return log;
}

function hexId(bytes: Uint8Array, length: number): string {
  if (bytes.length !== length || bytes.every((byte) => byte === 0)) return "";
  return Buffer.from(bytes).toString("hex");
}

function readPairs(
  bytes: Uint8Array,
  into: Map<string, OtlpValue>,
  limit: ReadingLimit,
  depth: number,
): Map<string, OtlpValue> {
  for (const pair of partsOf(bytes, FIRST)) readPair(pair, into, limit, depth);
  return into;
}

/** Of two attributes with one key the first stays. */
function readPair(bytes: Uint8Array, into: Map<string, OtlpValue>, limit: ReadingLimit, depth: number): void {
  limit.count();
  let key = "";
  let value: OtlpValue = null;
  eachField(bytes, (reader, each) => {
    if (each === FIRST) key = reader.string(true);
    else if (each === SECOND) value = anyValue(reader.bytes(), limit, depth);
    else return false;
    return true;
  });
  if (!into.has(key)) into.set(key, value);
}

function anyValue(bytes: Uint8Array, limit: ReadingLimit, depth: number): OtlpValue {
  if (depth > MAX_NESTED) throw new Error("its values are nested too deeply");
  let value: OtlpValue = null;
  eachField(bytes, (reader, each) => {
    if (each === VALUE.text) value = reader.string(true);
    else if (each === VALUE.bool) value = reader.bool();
    else if (each === VALUE.int) value = BigInt(reader.int64());
    else if (each === VALUE.double) value = reader.double();
    else if (each === VALUE.array) {
      value = partsOf(reader.bytes(), FIRST).map((part) => {
        limit.count();
        return anyValue(part, limit, depth + 1);
      });
    } else if (each === VALUE.list) value = readPairs(reader.bytes(), new Map(), limit, depth + 1);
    else if (each === VALUE.bytes) value = Buffer.from(reader.bytes()).toString("base64");
    else return false;
    return true;
  });
  return value;
}
