import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import type { IncomingMessage } from "node:http";
import { type OtlpForm, otlpForm } from "./read-otlp";
import type { Refusal } from "./refusal";
import type { RefusalWriter } from "./serve-request";

/** What of a request was not taken, in words; null: all of it was. */
export interface PartialSuccess {
  rejected: number;
  message: string;
}

const TYPES: Readonly<Record<OtlpForm, string>> = {
  json: "application/json",
  protobuf: "application/x-protobuf",
};

/** The answer to an export, in the form of its request. `rejected` is called by what was sent. */
export function exportAnswer(
  form: OtlpForm,
  sent: "rejectedSpans" | "rejectedLogRecords",
  partial: PartialSuccess | null,
): { type: string; text: string | Buffer } {
  const type = TYPES[form];
  if (form === "json") {
    if (partial === null) return { type, text: "{}" };
    // 64 bits are a text in protobuf's JSON.
    const partialSuccess = { [sent]: String(partial.rejected), errorMessage: partial.message };
    return { type, text: JSON.stringify({ partialSuccess }) };
  }
  if (partial === null) return { type, text: Buffer.alloc(0) };
  const writer = new BinaryWriter().tag(1, WireType.LengthDelimited).fork();
  if (partial.rejected > 0) writer.tag(1, WireType.Varint).int64(partial.rejected);
  writer.tag(2, WireType.LengthDelimited).string(partial.message);
  return { type, text: Buffer.from(writer.join().finish()) };
}

/** google.rpc.Code of each status. */
const CODES: Readonly<Record<Refusal["status"], number>> = {
  400: 3,
  401: 16,
  403: 7,
  404: 5,
  409: 10,
  413: 8,
  415: 3,
  422: 3,
  429: 8,
  500: 13,
  503: 14,
};

/** A google.rpc.Status in the form of the request; as JSON when that is not known. */
export const statusRefusal: RefusalWriter = (refusal: Refusal, request: IncomingMessage) => {
  const form = otlpForm(request) ?? "json";
  const code = CODES[refusal.status];
  if (form === "json") return { type: TYPES.json, text: JSON.stringify({ code, message: refusal.message }) };
  const writer = new BinaryWriter().tag(1, WireType.Varint).int32(code);
  writer.tag(2, WireType.LengthDelimited).string(refusal.message);
  return { type: TYPES.protobuf, text: Buffer.from(writer.finish()) };
};
