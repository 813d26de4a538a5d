import type { IncomingMessage } from "node:http";
import { setImmediate as breathe } from "node:timers/promises";
import type { OtlpLog, OtlpSpan } from "./otlp-value";
import { jsonLogs, jsonSpans } from "./read-otlp-json";
import { protobufLogs, protobufSpans } from "./read-otlp-protobuf";
import { Refusal } from "./refusal";

export type OtlpForm = "json" | "protobuf";

const TYPES = new Map<string, OtlpForm>([
  ["application/json", "json"],
  ["application/x-protobuf", "protobuf"],
]);

/** What the media type says; null for any other. */
export function otlpForm(request: IncomingMessage): OtlpForm | null {
  const [type = ""] = (request.headers["content-type"] ?? "").toLowerCase().split(";");
  return TYPES.get(type.trim()) ?? null;
}

/** @throws Refusal 415 */
export function requiredForm(request: IncomingMessage): OtlpForm {
  const form = otlpForm(request);
  if (form) return form;
  throw new Refusal(415, "media_type", "Send application/x-protobuf or application/json.", {
    close: true,
    headers: { Accept: [...TYPES.keys()].join(", ") },
  });
}

/** The spans of a body. @throws Refusal 400 for bytes that are no OTLP, 413 for more values than one request may have */
export function readSpans(bytes: Buffer, form: OtlpForm): Promise<OtlpSpan[]> {
  return collect(form === "json" ? jsonSpans(bytes) : protobufSpans(bytes));
}

/** The log records of a body. @throws Refusal as `readSpans` */
export function readLogs(bytes: Buffer, form: OtlpForm): Promise<OtlpLog[]> {
  return collect(form === "json" ? jsonLogs(bytes) : protobufLogs(bytes));
}

/** How long reading may keep everybody else waiting. */
const TURN_MS = 15;

async function collect<T>(items: Iterable<T>): Promise<T[]> {
  const read: T[] = [];
  let turnEnds = performance.now() + TURN_MS;
  try {
    for (const item of items) {
      read.push(item);
      if (performance.now() < turnEnds) continue;
      await breathe();
      turnEnds = performance.now() + TURN_MS;
    }
  } catch (error) {
    if (error instanceof Refusal) throw error;
    const cause = error instanceof Error ? error.message : "";
    throw new Refusal(400, "unreadable", `The body cannot be read as OTLP: ${cause.slice(0, 200)}`);
  }
  return read;
}
