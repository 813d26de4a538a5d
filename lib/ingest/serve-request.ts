import type { IncomingMessage, ServerResponse } from "node:http";
import { log } from "@/lib/core/log";
import type { MachineDoor } from "@/lib/core/machine-door";
import type { Admission, Permit } from "./admission";
import { databaseAway, isPassingFault } from "./database-fault";
import { REFUSALS, Refusal } from "./refusal";

export interface DoorCall {
  request: IncomingMessage;
  params: Record<string, string>;
  permit: Permit;
  requestId: string;
}

interface Written {
  /** JSON where nothing is said. */
  type?: string;
  text: string | Buffer;
}

export interface DoorAnswer extends Written {
  status: 200 | 201 | 202;
  headers?: Record<string, string>;
}

/** How a door writes why it took nothing. */
export type RefusalWriter = (refusal: Refusal, request: IncomingMessage, requestId: string) => Written;

const LINGER_MS = 2_000;

/** Admission around the work of a door; whatever it throws becomes a problem document (RFC 9457) or what the door's senders read. */
export function serveRequest(
  admission: Admission,
  work: (call: DoorCall) => Promise<DoorAnswer>,
  writeRefusal: RefusalWriter = problemDocument,
): MachineDoor["handle"] {
  return async (request, response, params) => {
    const requestId = String(request.headers["x-request-id"] ?? "");
    try {
      const permit = admission.enter();
      try {
        const { status, headers, ...written } = await work({ request, params, permit, requestId });
        writeHead(response, status, written, headers);
        // Head and text in one piece: two were half of what a small request cost.
        response.end(written.text);
      } finally {
        permit.leave();
      }
    } catch (error) {
      const refusal = asRefusal(error, requestId);
      sendRefusal(request, response, refusal, writeRefusal(refusal, request, requestId));
    }
  };
}

function writeHead(
  response: ServerResponse,
  status: number,
  { type = "application/json", text }: Written,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { "Content-Type": type, "Content-Length": Buffer.byteLength(text), ...headers });
}

/** Never a bare 500 for a fault that passes: some senders drop their data on it. */
function asRefusal(error: unknown, requestId: string): Refusal {
  if (error instanceof Refusal) return error;
  if (isPassingFault(error)) {
    log().warn({ requestId, message: error instanceof Error ? error.message : "" }, "ingest must wait");
    return databaseAway(error);
  }
  log().error({ requestId, err: error }, "ingest failed");
  const sentence = "Something went wrong here. The log has the cause under this request id.";
  return new Refusal(500, "internal", sentence);
}

function problemDocument(refusal: Refusal, _: IncomingMessage, requestId: string): Written {
  const { status, reason, message: detail, options } = refusal;
  const { code, title } = REFUSALS[status];
  const problem = { type: "about:blank", title, status, detail, code, reason, request_id: requestId };
  return { type: "application/problem+json", text: JSON.stringify({ ...problem, ...options.details }) };
}

function sendRefusal(request: IncomingMessage, response: ServerResponse, refusal: Refusal, written: Written) {
  const { retryAfterSeconds, close } = refusal.options;
  const headers = { ...refusal.options.headers };
  if (retryAfterSeconds !== undefined) headers["Retry-After"] = String(retryAfterSeconds);
  if (refusal.status === 401) headers["WWW-Authenticate"] = 'Bearer realm="assay"';
  if (close || !request.complete) headers.Connection = "close";
  writeHead(response, refusal.status, written, headers);
  if (request.complete) return void response.end(written.text);
  response.write(written.text);
  endAfterBody(request, response);
}

/** A sender that is still sending would lose the answer with the connection: what comes is dropped for a moment. */
function endAfterBody(request: IncomingMessage, response: ServerResponse): void {
  const timer = setTimeout(() => response.end(), LINGER_MS);
  request.once("close", () => clearTimeout(timer));
  request.once("end", () => response.end());
  request.resume();
}
