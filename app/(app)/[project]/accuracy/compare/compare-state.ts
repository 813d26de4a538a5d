import { createLoader, createSerializer, parseAsString, parseAsStringLiteral } from "nuqs/server";

import { RANGES } from "@/app/(app)/[project]/accuracy/view-state";

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
