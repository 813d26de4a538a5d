import { request, type IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import { checkAddress } from "./check-address";
import {
  openConnection,
  OutboundProblem,
  type Resolve,
  resolveAll,
  secureConnection,
} from "./open-connection";
import { type OutboundPolicy, webPolicy } from "./outbound-policy";

/** For everything together: looking the name up, connecting, sending, and reading the answer. */
const TOTAL_MS = 15_000;
const MOST_BYTES = 64 * 1024;

export interface Posted {
  address: string;
  body: string;
  headers: Readonly<Record<string, string>>;
}

export interface OutboundParts {
  policy: OutboundPolicy;
  resolve: Resolve;
  totalMs: number;
}

export type PostResult =
  | { kind: "answered"; status: number; body: string; retryAfter: string | null }
  | { kind: "failed"; code: OutboundProblem["code"]; sentence: string };

/** Sends one request and reads its answer. Never follows a redirect: a status of 300 to 399 is an answer like any other. */
export async function postJson(posted: Posted, parts: Partial<OutboundParts> = {}): Promise<PostResult> {
  const { policy = webPolicy(), resolve = resolveAll, totalMs = TOTAL_MS } = parts;
  const checked = checkAddress(posted.address, policy);
  if (!checked.ok) return { kind: "failed", code: "blocked", sentence: checked.sentence };
  const signal = AbortSignal.timeout(totalMs);
  let socket: Socket | null = null;
  try {
    const { url, host, port } = checked;
    socket = await openConnection({ host, port, policy, resolve, signal });
    if (url.protocol === "https:") socket = await secureConnection(socket, host);
    return await exchange(posted, url, socket, signal);
  } catch (error) {
    return failure(error, signal, totalMs);
  } finally {
    socket?.destroy();
  }
}

async function exchange(posted: Posted, url: URL, socket: Socket, signal: AbortSignal): Promise<PostResult> {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const sent = request(
      {
        createConnection: () => socket,
        method: "POST",
        path: `${url.pathname}${url.search}`,
        signal,
        headers: {
          ...posted.headers,
          host: url.host,
          "content-type": "application/json",
          "content-length": Buffer.byteLength(posted.body),
          "user-agent": "Assay",
          connection: "close",
        },
      },
      resolve,
    );
    sent.once("error", reject);
    sent.end(posted.body);
  });
  const retryAfter = answer.headers["retry-after"] ?? null;
  const body = await readSome(answer);
  return { kind: "answered", status: answer.statusCode ?? 0, body, retryAfter };
}

/** At most 64 KB: the rest of a longer answer is not waited for. */
async function readSome(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of answer) {
    const part = Buffer.from(chunk as Uint8Array);
    chunks.push(part.subarray(0, MOST_BYTES - bytes));
    bytes += part.length;
    if (bytes >= MOST_BYTES) break;
  }
  return Buffer.concat(chunks).toString("utf8");
}

function failure(error: unknown, signal: AbortSignal, totalMs: number): PostResult {
  if (signal.aborted)
    return {
      kind: "failed",
      code: "timeout",
      sentence: `No answer within ${Math.round(totalMs / 1000)} seconds.`,
    };
  if (error instanceof OutboundProblem) return { kind: "failed", code: error.code, sentence: error.message };
  return { kind: "failed", code: "broken", sentence: "The connection broke off before there was an answer." };
}
