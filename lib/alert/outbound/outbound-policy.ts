import { BlockList, isIP } from "node:net";
import { env } from "@/lib/core/env";
import { isSpecialAddress } from "./special-address";

/** Where requests may go beyond public hosts on the usual ports: what the operator has allowed. */
export interface OutboundPolicy {
  /** Named by the operator: any port, http too, whatever address the name has. */
  isAllowedHost: (host: string) => boolean;
  /** A public address, or one in a range that the operator named. */
  isAllowedAddress: (address: string) => boolean;
  /** Ports of public hosts. */
  ports: readonly number[];
  /** For tests of what else refuses an address; the product sends without encryption to allowed hosts only. */
  plainHttp: boolean;
}

const WEB_PORTS = [443, 8443];
const MAIL_PORTS = [25, 465, 587, 2525];

/** `internal.example, 10.0.0.0/8, 127.0.0.1`: host names, addresses and ranges. */
export function readOutboundPolicy(allow: string | undefined, ports: readonly number[]): OutboundPolicy {
  const hosts = new Set<string>();
  const ranges = new BlockList();
  for (const entry of outboundEntries(allow)) {
    const [network = "", prefix] = entry.split("/");
    const family = isIP(network);
    if (family === 0) hosts.add(entry.replace(/\.$/, ""));
    else
      ranges.addSubnet(network, Number(prefix ?? (family === 4 ? 32 : 128)), family === 4 ? "ipv4" : "ipv6");
  }
  const inRange = (address: string) => {
    const family = isIP(address);
    return family !== 0 && ranges.check(address, family === 4 ? "ipv4" : "ipv6");
  };
  return {
    isAllowedHost: (host) => hosts.has(host) || inRange(host),
    isAllowedAddress: (address) => !isSpecialAddress(address) || inRange(address),
    ports,
    plainHttp: false,
  };
}

/** The entries of ASSAY_OUTBOUND_ALLOW in lower case. */
export function outboundEntries(allow: string | undefined): string[] {
  return (allow ?? "")
    .split(",")
    .map((entry) => entry.trim().toLowerCase())
    .filter((entry) => entry !== "");
}

export function webPolicy(): OutboundPolicy {
  return readOutboundPolicy(env().ASSAY_OUTBOUND_ALLOW, WEB_PORTS);
}

export function mailPolicy(): OutboundPolicy {
  return readOutboundPolicy(env().ASSAY_OUTBOUND_ALLOW, MAIL_PORTS);
}
