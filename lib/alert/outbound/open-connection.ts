import { lookup } from "node:dns/promises";
import { connect, isIP, type Socket } from "node:net";
import { connect as connectTls, type TLSSocket } from "node:tls";
import { PRIVATE } from "./check-address";
import type { OutboundPolicy } from "./outbound-policy";

/** All addresses of a name. */
export type Resolve = (host: string) => Promise<readonly string[]>;

/** A sentence for the delivery log; `blocked` when the address itself is not allowed. */
export class OutboundProblem extends Error {
  readonly code: "blocked" | "lookup" | "connect" | "tls" | "timeout" | "broken";

  constructor(code: OutboundProblem["code"], message: string) {
    super(message);
    this.name = "OutboundProblem";
    this.code = code;
  }
}

export const resolveAll: Resolve = async (host) =>
  (await lookup(host, { all: true, verbatim: true })).map(({ address }) => address);

interface Target {
  host: string;
  port: number;
  policy: OutboundPolicy;
  resolve: Resolve;
  signal: AbortSignal;
}

/**
 * A connection to a host of which every address is allowed: one private answer among many refuses them all. It goes to the address
 * that was checked, not to the name again, and where it really ended is checked once more before a byte is sent.
 */
export async function openConnection(target: Target): Promise<Socket> {
  const { host, port, policy, signal } = target;
  const addresses = isIP(host) === 0 ? await addressesOf(target) : [host];
  const allowed = (address: string) => policy.isAllowedHost(host) || policy.isAllowedAddress(address);
  if (!addresses.every(allowed)) throw new OutboundProblem("blocked", PRIVATE);
  let problem: unknown = null;
  for (const address of addresses.slice(0, 4)) {
    signal.throwIfAborted();
    const socket = connect({ host: address, port, signal, noDelay: true });
    try {
      await untilEvent(socket, "connect");
    } catch (error) {
      problem = error;
      continue;
    }
    if (socket.remoteAddress && allowed(plainAddress(socket.remoteAddress))) return socket;
    socket.destroy();
    throw new OutboundProblem("blocked", PRIVATE);
  }
  signal.throwIfAborted();
  throw new OutboundProblem("connect", `No connection to ${host}, port ${port}: ${codeOf(problem)}.`);
}

/** The certificate is always checked, whatever the environment of the process says. */
export async function secureConnection(socket: Socket, host: string): Promise<TLSSocket> {
  const secured = connectTls({
    socket,
    rejectUnauthorized: true,
    ALPNProtocols: ["http/1.1"],
    ...(isIP(host) === 0 ? { servername: host } : {}),
    host,
  });
  try {
    await untilEvent(secured, "secureConnect");
    return secured;
  } catch (error) {
    socket.destroy();
    throw new OutboundProblem("tls", `The encryption of ${host} cannot be trusted: ${codeOf(error)}.`);
  }
}

async function addressesOf({ host, resolve, signal }: Target): Promise<readonly string[]> {
  const gone = new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
  gone.catch(() => undefined);
  const found = await Promise.race([resolve(host).catch(() => []), gone]);
  if (found.length > 0) return found;
  throw new OutboundProblem("lookup", `No host has the name ${host}.`);
}

function untilEvent(socket: Socket, event: "connect" | "secureConnect"): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once(event, () => resolve());
    socket.once("error", reject);
    socket.once("close", () => reject(new Error("closed")));
  });
}

/** ::ffff:127.0.0.1 → 127.0.0.1: how a socket of both families writes an IPv4 address. */
function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, "");
}

function codeOf(error: unknown): string {
  if (error instanceof Error && "code" in error && typeof error.code === "string") return error.code;
  return error instanceof Error ? error.message : "unknown";
}
