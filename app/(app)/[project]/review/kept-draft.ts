import type { Draft, Drafted } from "./answer-draft";

type Store = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** The item on the screen and what is entered for it: enough to go on after a reload of this tab. */
export interface KeptDraft {
  slotId: string;
  leaseToken: string;
  draft: Draft;
}

export function keepDraft(store: Store, name: string, kept: KeptDraft | null): void {
  try {
    if (kept) store.setItem(name, JSON.stringify(kept));
    else store.removeItem(name);
  } catch {
    // A full or forbidden store: a reload then begins with an empty form.
  }
}

/** What was kept; null when nothing was, or nothing that can be read. */
export function readKeptDraft(store: Store, name: string): KeptDraft | null {
  try {
    const kept = JSON.parse(store.getItem(name) ?? "null") as Partial<KeptDraft> | null;
    if (typeof kept?.slotId !== "string" || typeof kept.leaseToken !== "string") return null;
    if (typeof kept.draft !== "object" || kept.draft === null) return null;
    const entries = Object.entries(kept.draft as Record<string, unknown>);
    const draft = Object.fromEntries(
      entries.filter((entry): entry is [string, Drafted] => isDrafted(entry[1])),
    );
    return { slotId: kept.slotId, leaseToken: kept.leaseToken, draft };
  } catch {
    return null;
  }
}

function isDrafted(value: unknown): value is Drafted {
  if (Array.isArray(value)) return value.every((each) => typeof each === "string");
  return typeof value === "string" || typeof value === "boolean";
}
