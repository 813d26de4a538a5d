import type { Draft } from "./answer-draft";

type Store = Pick<Storage, "getItem" | "setItem" | "removeItem">;

interface Kept {
  slotId: string;
  draft: Draft;
}

/** Keeps what is entered for the item on the screen, for a reload of this tab. */
export function keepDraft(store: Store, name: string, kept: Kept | null): void {
  try {
    if (kept && Object.keys(kept.draft).length > 0) store.setItem(name, JSON.stringify(kept));
    else store.removeItem(name);
  } catch {
    // A full or forbidden store: a reload then begins with an empty form.
  }
}

/** What was entered for this very item; empty when it was another one. */
export function keptDraft(store: Store, name: string, slotId: string): Draft {
  try {
    const kept = JSON.parse(store.getItem(name) ?? "null") as Partial<Kept> | null;
    if (kept?.slotId !== slotId || typeof kept.draft !== "object" || kept.draft === null) return {};
    const entries = Object.entries(kept.draft as Record<string, unknown>);
    return Object.fromEntries(
      entries.filter((entry): entry is [string, string | boolean] =>
        /^(string|boolean)$/.test(typeof entry[1]),
      ),
    );
  } catch {
    return {};
  }
}
