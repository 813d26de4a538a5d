import { BlockList, isIP } from "node:net";

/** IANA's special-purpose ranges (RFC 6890 and its registry), multicast, and what is reserved. */
const SPECIAL_V4: readonly [string, number][] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.31.196.0", 24],
  ["192.52.193.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["192.175.48.0", 24],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
];

/**
 * Of IPv6 only global unicast is open, and of that not what carries another address inside (6to4, Teredo), documentation and
 * protocol assignments. NAT64, mapped and compatible addresses, unique local and link-local ones lie outside of 2000::/3.
 */
const GLOBAL_V6: [string, number] = ["2000::", 3];
const SPECIAL_V6: readonly [string, number][] = [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["2620:4f:8000::", 48],
  ["3fff::", 20],
];

const specialV4 = blockList("ipv4", SPECIAL_V4);
const specialV6 = blockList("ipv6", SPECIAL_V6);
const globalV6 = blockList("ipv6", [GLOBAL_V6]);

/** True for an address that belongs to no public host: private, loopback, link-local, reserved, or nothing readable. */
export function isSpecialAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return specialV4.check(address, "ipv4");
  if (family !== 6 || address.includes("%")) return true;
  return !globalV6.check(address, "ipv6") || specialV6.check(address, "ipv6");
}

function blockList(family: "ipv4" | "ipv6", ranges: readonly [string, number][]): BlockList {
  const list = new BlockList();
  for (const [network, prefix] of ranges) list.addSubnet(network, prefix, family);
  return list;
}
