import { hash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { promisify } from "node:util";
import { brotliDecompress, gunzip, type InputType, type ZlibOptions } from "node:zlib";
import type { Permit } from "./admission";
import type { BodyForm } from "./record-scanner";
import { onlyHeader, Refusal } from "./refusal";

export const MAX_WIRE_BYTES = 10 * 1024 * 1024;
export const MAX_INFLATED_BYTES = 32 * 1024 * 1024;

/** A body as it came, for signatures and digests, and as it reads. */
export interface ReadBody {
  wire: Buffer;
  bytes: Buffer;
}

/**
 * Reads, checks and inflates a body within its limits. A body that ends early is never taken for a whole one.
 * @throws Refusal 400, 413, 415
 */
export async function readBody(request: IncomingMessage, permit: Permit): Promise<ReadBody> {
  const encoding = contentEncoding(request);
  const digest = onlyHeader(request, "content-digest");
  if (Number(request.headers["content-length"] ?? 0) > MAX_WIRE_BYTES) throw tooLarge();
  const wire = await wireBytes(request, permit);
  if (digest !== undefined) checkDigest(digest, wire);
  if (encoding === null) return { wire, bytes: wire };
  const bytes = await inflate(encoding, wire);
  permit.hold(bytes.length);
  return { wire, bytes };
}

function tooLarge(): Refusal {
  const sentence = "The body is larger than 10 MiB. Send it in parts.";
  return new Refusal(413, "body_too_large", sentence, { close: true });
}

function wireBytes(request: IncomingMessage, permit: Permit): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    let ended = false;
    const fail = (error: Error) => {
      ended = true;
      request.removeAllListeners("data");
      request.pause();
      reject(error);
    };
    const incomplete = () => {
      if (!ended) fail(new Refusal(400, "body_incomplete", "The body ended early.", { close: true }));
    };
    if (request.destroyed) return incomplete();
    request.on("data", (chunk: Buffer) => {
      length += chunk.length;
      if (length > MAX_WIRE_BYTES) return fail(tooLarge());
      try {
        permit.hold(chunk.length);
        chunks.push(chunk);
      } catch (error) {
        fail(error as Error);
      }
    });
    request.once("end", () => {
      ended = true;
      resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks));
    });
    request.once("error", incomplete);
    request.once("close", incomplete);
  });
}

type Encoding = "gzip" | "br";

function contentEncoding(request: IncomingMessage): Encoding | null {
  const sent = request.headers["content-encoding"]?.trim().toLowerCase() ?? "";
  if (sent === "" || sent === "identity") return null;
  if (sent === "gzip" || sent === "x-gzip") return "gzip";
  if (sent === "br") return "br";
  throw new Refusal(415, "content_encoding", "Bodies may be sent plain, with gzip or with br.", {
    close: true,
    headers: { "Accept-Encoding": "gzip, br" },
  });
}

const unzip = promisify<
  InputType,
  ZlibOptions & { info: true },
  { buffer: Buffer; engine: { bytesWritten: number } }
>(gunzip as never);
const unbrotli = promisify<InputType, ZlibOptions, Buffer>(brotliDecompress as never);

/** Outside of the event loop, and no further than the limit: a bomb costs no more than an honest large body. */
async function inflate(encoding: Encoding, wire: Buffer): Promise<Buffer> {
  try {
    if (encoding === "br") return await unbrotli(wire, { maxOutputLength: MAX_INFLATED_BYTES });
    const { buffer, engine } = await unzip(wire, { maxOutputLength: MAX_INFLATED_BYTES, info: true });
    if (engine.bytesWritten === wire.length) return buffer;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE") {
      throw new Refusal(
        413,
        "decompressed_too_large",
        "The body is larger than 32 MiB when it is unpacked. Send it in parts.",
      );
    }
  }
  throw new Refusal(
    400,
    "bad_encoding",
    `The body is not what its header says: whole and packed with ${encoding}.`,
  );
}

/** RFC 9530, over the bytes as sent. Algorithms that we do not know are left to others. */
function checkDigest(header: string, wire: Buffer): void {
  for (const [, bits, value] of header.matchAll(/(?:^|[,\s])sha-(256|512)=([^,\s]*)/gi)) {
    if (value !== `:${hash(`sha${bits}`, wire, "base64")}:`) {
      throw new Refusal(400, "digest_mismatch", "The body does not have the digest that its header says.");
    }
  }
}

const FORMS = new Map<string, BodyForm>([
  ["application/json", "json"],
  ["application/x-ndjson", "ndjson"],
  ["application/ndjson", "ndjson"],
  ["application/jsonl", "ndjson"],
  ["application/json-lines", "ndjson"],
]);

/** What the media type says about the body. @throws Refusal 415 */
export function bodyForm(request: IncomingMessage): BodyForm {
  const [type = "", ...parameters] = (request.headers["content-type"] ?? "").toLowerCase().split(";");
  const form = FORMS.get(type.trim());
  const charset = parameters.map((each) => each.trim()).find((each) => each.startsWith("charset="));
  if (form && (charset === undefined || /^charset="?utf-?8"?$/.test(charset))) return form;
  throw new Refusal(415, "media_type", "Send application/json or application/x-ndjson, in UTF-8.", {
    close: true,
    headers: { Accept: "application/json, application/x-ndjson" },
  });
}

/** RFC 7240. */
export function wantsStrict(request: IncomingMessage): boolean {
  const sent = request.headers.prefer;
  return sent !== undefined && /(^|[,;\s])handling\s*=\s*"?strict"?\s*($|[,;])/i.test(String(sent));
}
