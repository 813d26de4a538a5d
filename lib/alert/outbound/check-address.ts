import { isIP } from "node:net";
import type { OutboundPolicy } from "./outbound-policy";

export type CheckedAddress =
  | { ok: true; url: URL; host: string; port: number }
  | { ok: false; sentence: string };

const refused = (sentence: string): CheckedAddress => ({ ok: false, sentence });

/**
 * What an address itself shows, before any name is looked up: scheme, credentials, port, and an address in place of a name in
 * every spelling that a URL knows (the parser writes 0x7f.1 as 127.0.0.1). Asked when it is saved and again before each request.
 */
export function checkAddress(text: string, policy: OutboundPolicy): CheckedAddress {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || text.length > 2_000) return refused("This is not a complete address. It begins with https://.");
  if (url.protocol !== "https:" && url.protocol !== "http:")
    return refused("The address begins with https://.");
  if (url.username || url.password) return refused("The address must not contain a name or password.");
  const host = bareHost(url.hostname);
  if (host === "") return refused("The address names no host.");
  const isAllowed = policy.isAllowedHost(host);
  if (url.protocol === "http:" && !isAllowed && !policy.plainHttp)
    return refused("The address begins with https://, so that nobody can read along.");
  const port = Number(url.port || (url.protocol === "https:" ? 443 : 80));
  if (!isAllowed && !policy.ports.includes(port))
    return refused(`Port ${port} is not open to alerts: ${policy.ports.join(" and ")} are.`);
  if (isIP(host) !== 0 && !policy.isAllowedAddress(host)) return refused(PRIVATE);
  if (isIP(host) === 0 && !isAllowed && isLocalName(host)) return refused(PRIVATE);
  return { ok: true, url, host, port };
}

export const PRIVATE =
  "This address is inside of a private network. Whoever runs this installation can allow it with ASSAY_OUTBOUND_ALLOW.";

/** Without the brackets of IPv6 and without the dot that ends a full name. */
function bareHost(hostname: string): string {
  return hostname
    .replace(/^\[(.*)\]$/, "$1")
    .replace(/\.$/, "")
    .toLowerCase();
}

/** Names that never leave the machine or its network. */
function isLocalName(host: string): boolean {
  return !host.includes(".") || /(^|\.)(localhost|local|internal|localdomain|home\.arpa)$/.test(host);
}
