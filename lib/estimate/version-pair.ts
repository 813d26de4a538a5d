import type { KnownVersion } from "./read-releases";

/**
 * Which two are compared: as the address says; of what it leaves open, the newest version, and the one that went live before the
 * other. Null where there are no two.
 *
 * @param known the newest first
 */
export function versionPair(
  asked: { earlier: string; later: string },
  known: readonly Pick<KnownVersion, "version">[],
): { earlier: string; later: string } | null {
  const names = known.map(({ version }) => version);
  const later = asked.later || (names.find((name) => name !== asked.earlier) ?? "");
  const before = names.slice(names.indexOf(later) + 1).find((name) => name !== later);
  const earlier = asked.earlier || (before ?? names.find((name) => name !== later) ?? "");
  return later !== "" && earlier !== "" && later !== earlier ? { earlier, later } : null;
}
