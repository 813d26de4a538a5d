import type { HeldQuery } from "@/lib/ingest/held-schema";

/** Where the quarantine page shows what is asked for, and nothing else. */
export function heldAddress(slug: string, query: HeldQuery): string {
  const asked = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const search = new URLSearchParams(asked).toString();
  return `/${slug}/input/quarantine${search === "" ? "" : `?${search}`}`;
}
