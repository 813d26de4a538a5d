import { createLoader, createSerializer, parseAsString, parseAsStringLiteral } from "nuqs/server";

import { RANGES } from "@/app/(app)/[project]/accuracy/view-state";
import type { KnownVersion } from "@/lib/estimate/read-releases";

/** All that a shared address of a comparison carries. */
export const compareState = {
  earlier: parseAsString.withDefault(""),
  later: parseAsString.withDefault(""),
  attribute: parseAsString.withDefault(""),
  range: parseAsStringLiteral(RANGES).withDefault("all"),
};
export const loadCompareState = createLoader(compareState);
const serialize = createSerializer(compareState);

/** Address of a version beside the one before it. */
export function compareAddress(slug: string, versions: { earlier?: string; later?: string } = {}): string {
  return serialize(`/${slug}/accuracy/compare`, versions);
}

/**
 * Which two are compared: as the address says; of what it leaves open, the newest version, and the one that went live before the
 * other. Null where there are no two.
 *
 * @param known the newest first
 */
export function comparedVersions(
  asked: { earlier: string; later: string },
  known: readonly Pick<KnownVersion, "version">[],
): { earlier: string; later: string } | null {
  const names = known.map(({ version }) => version);
  const later = asked.later || (names.find((name) => name !== asked.earlier) ?? "");
  const before = names.slice(names.indexOf(later) + 1).find((name) => name !== later);
  const earlier = asked.earlier || (before ?? names.find((name) => name !== later) ?? "");
  return later !== "" && earlier !== "" && later !== earlier ? { earlier, later } : null;
}
