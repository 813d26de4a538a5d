import type { IncomingHttpHeaders } from "node:http";
import { BlockList, isIP } from "node:net";

export interface Refusal {
  status: 400 | 405;
  message: string;
  allow?: string;
}

const PAGE_METHODS = ["GET", "HEAD"];
const API_METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];

/** What is refused before anything else looks at it: only plain paths, only known methods. */
export function refuseRequest(method: string, url: string): Refusal | null {
  // An absolute address or `//host` may be taken for another server's; a browser reads `\` as `/`.
  if (!url.startsWith("/") || url.startsWith("//") || url.includes("\\")) {
    return { status: 400, message: "The request must name a plain path." };
  }
  const allowed = isApi(url) ? API_METHODS : PAGE_METHODS;
  if (allowed.includes(method)) return null;
  return { status: 405, message: `${method} is not possible here.`, allow: allowed.join(", ") };
}

export function isApi(url: string): boolean {
  return /^\/api(\/|\?|$)/.test(url);
}

export function isStaticAsset(url: string): boolean {
  return url.startsWith("/_next/static/");
}

/** Headers by which Next, or a program in front of it, would be told what to do. From outside they are always forged. */
const STRIPPED = [
  /^content-security-policy/,
  /^x-nonce$/,
  /^x-request-id$/,
  /^x-assay-/,
  /^next-action$/,
  /^next-resume$/,
  /^x-middleware-/,
  /^x-matched-path$/,
  /^x-invoke-/,
  /^x-nextjs-/,
  /^x-now-/,
  /^x-vercel-/,
  /^x-prerender-/,
  /^x-action-/,
  /^x-real-ip$/,
  /^forwarded$/,
];

/**
 * Removes forged headers and leaves one true `x-forwarded-for`: the address of the peer, or what a trusted proxy says.
 */
export function cleanHeaders(headers: IncomingHttpHeaders, peer: string, trusted: BlockList): void {
  const client = clientAddress(peer, headers["x-forwarded-for"], trusted);
  const fromProxy = isListed(trusted, peer);
  for (const name of Object.keys(headers)) {
    if (STRIPPED.some((pattern) => pattern.test(name))) delete headers[name];
    else if (name.startsWith("x-forwarded-") && !fromProxy) delete headers[name];
  }
  headers["x-forwarded-for"] = client;
}

/** Walks from the nearest hop outwards and stops at the first address that is not one of our own proxies. */
export function clientAddress(
  peer: string,
  forwarded: string | string[] | undefined,
  trusted: BlockList,
): string {
  let client = plainAddress(peer);
  const hops = (Array.isArray(forwarded) ? forwarded.join(",") : (forwarded ?? ""))
    .split(",")
    .map((hop) => hop.trim());
  while (isListed(trusted, client)) {
    const next = plainAddress(hops.pop() ?? "");
    if (!isIP(next)) break;
    client = next;
  }
  return client;
}

/** `10.0.0.0/8, ::1` as a list that addresses can be looked up in. @throws Error naming the entry that is no address */
export function parseTrustedProxies(text: string | undefined): BlockList {
  const list = new BlockList();
  emptyLists.add(list);
  for (const entry of (text ?? "").split(/[\s,]+/).filter(Boolean)) {
    const [address = "", prefix] = entry.split("/");
    const version = isIP(address);
    const bits = prefix === undefined ? (version === 6 ? 128 : 32) : Number(prefix);
    if (!version || !Number.isInteger(bits) || bits < 0 || bits > (version === 6 ? 128 : 32)) {
      throw new Error(`ASSAY_TRUSTED_PROXIES: "${entry}" is no address or network such as 10.0.0.0/8`);
    }
    emptyLists.delete(list);
    list.addSubnet(address, bits, version === 6 ? "ipv6" : "ipv4");
  }
  return list;
}

const emptyLists = new WeakSet<BlockList>();

function isListed(list: BlockList, address: string): boolean {
  // A look-up takes 10 µs, and most installations have no proxy to trust.
  if (emptyLists.has(list)) return false;
  const plain = plainAddress(address);
  const version = isIP(plain);
  return version !== 0 && list.check(plain, version === 6 ? "ipv6" : "ipv4");
}

function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, "");
}
