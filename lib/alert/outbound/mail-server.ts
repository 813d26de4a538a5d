import { createTransport } from "nodemailer";
import type { SMTPTransportOptions } from "nodemailer/lib/smtp-transport";
import type { Socket } from "node:net";
import { PRIVATE } from "./check-address";
import { openConnection, OutboundProblem, resolveAll } from "./open-connection";
import { mailPolicy, type OutboundPolicy } from "./outbound-policy";
import type { OutboundParts } from "./post-json";

const TOTAL_MS = 15_000;
const PORTS: Record<string, number> = { "smtp:": 587, "smtps:": 465 };

export interface Mail {
  from: string;
  to: string[];
  subject: string;
  text: string;
  html: string;
  /** The same at every attempt, so that a mailbox can tell copies. */
  messageId: string;
  /** PNG images that the HTML shows by `cid:`. */
  images: readonly { cid: string; filename: string; content: Uint8Array }[];
}

export type MailResult =
  | { kind: "sent"; rejected: string[] }
  | { kind: "failed"; code: string; status: number | null; sentence: string };

/**
 * Hands one mail to a server (smtp://name:password@host:port, or smtps). The connection is opened by the same guard as every other
 * request; credentials go over an encrypted one only, unless the operator has allowed the host.
 */
export async function sendBySmtp(
  server: string,
  mail: Mail,
  parts: Partial<OutboundParts> = {},
): Promise<MailResult> {
  const { policy = mailPolicy(), resolve = resolveAll, totalMs = TOTAL_MS } = parts;
  const signal = AbortSignal.timeout(totalMs);
  const { host, port, secure, auth } = readServer(server);
  if (!policy.isAllowedHost(host) && !policy.ports.includes(port))
    return failed("blocked", `Port ${port} is not open to mail: ${policy.ports.join(", ")} are.`);
  let socket: Socket | null = null;
  try {
    socket = await openConnection({ host, port, policy, resolve, signal });
    const info = await overConnection(socket, mail, { host, port, secure, auth, policy, totalMs });
    return { kind: "sent", rejected: info.rejected };
  } catch (error) {
    if (signal.aborted) return failed("timeout", `No answer within ${Math.round(totalMs / 1000)} seconds.`);
    return readFailure(error);
  } finally {
    socket?.destroy();
  }
}

interface Server {
  host: string;
  port: number;
  secure: boolean;
  auth: { user: string; pass: string } | null;
}

async function overConnection(
  connection: Socket,
  mail: Mail,
  { host, port, secure, auth, policy, totalMs }: Server & { policy: OutboundPolicy; totalMs: number },
): Promise<{ rejected: string[] }> {
  const options: SMTPTransportOptions = {
    host,
    port,
    secure,
    ...(auth ? { auth } : {}),
    requireTLS: !secure && auth !== null && !policy.isAllowedHost(host),
    tls: { rejectUnauthorized: true, servername: host },
    connectionTimeout: totalMs,
    greetingTimeout: totalMs,
    socketTimeout: totalMs,
    disableFileAccess: true,
    disableUrlAccess: true,
    getSocket: (_options, done) => done(null, { connection }),
  };
  const transport = createTransport(options);
  const { images, ...words } = mail;
  const info = await transport.sendMail({
    ...words,
    headers: { "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All" },
    attachments: images.map(({ cid, filename, content }) => ({
      cid,
      filename,
      content: Buffer.from(content),
      contentType: "image/png",
    })),
  });
  return { rejected: info.rejected };
}

function readServer(text: string): Server {
  const url = new URL(text);
  const name = decodeURIComponent(url.username);
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, "$1").toLowerCase(),
    port: Number(url.port || PORTS[url.protocol] || 587),
    secure: url.protocol === "smtps:",
    auth: name === "" ? null : { user: name, pass: decodeURIComponent(url.password) },
  };
}

const failed = (code: string, sentence: string, status: number | null = null): MailResult => ({
  kind: "failed",
  code,
  status,
  sentence,
});

function readFailure(error: unknown): MailResult {
  if (error instanceof OutboundProblem) {
    const sentence =
      error.code === "blocked" ? PRIVATE.replace("This address", "The mail server") : error.message;
    return failed(error.code, sentence);
  }
  const facts =
    error instanceof Error
      ? (error as Error & { responseCode?: number; response?: string; code?: string })
      : null;
  if (facts?.responseCode)
    return failed(
      "answered",
      `The mail server refused it: ${facts.response ?? facts.responseCode}`.slice(0, 240),
      facts.responseCode,
    );
  if (
    facts?.code === "ETLS" ||
    facts?.code?.startsWith("ERR_TLS") ||
    /certificate|self.signed/i.test(facts?.message ?? "")
  )
    return failed("tls", "The encryption of the mail server cannot be trusted.");
  return failed("broken", "The connection to the mail server broke off.");
}
