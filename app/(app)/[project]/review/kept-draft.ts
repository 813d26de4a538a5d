import type { HeldItem } from "./review-state";

type Store = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** An item in this person's hands: enough to go on with it after a reload, a crash or closing. */
export interface KeptDraft {
  slotId: string;
  leaseToken: string;
  entered: Readonly<Record<string, unknown>>;
}

export function keptDraft(held: HeldItem): KeptDraft {
  const { item, problems: _problems, lost: _lost, came: _came, ...entered } = held;
  return { slotId: item.slot_id, leaseToken: item.lease_token, entered };
}

/** Written at every change, so that nothing is under way when the page ends. */
export function keepDrafts(store: Store, name: string, kept: readonly KeptDraft[]): void {
  try {
    if (kept.length > 0) store.setItem(name, JSON.stringify(kept));
    else store.removeItem(name);
  } catch {
    // A full or forbidden store: a reload then begins with an empty form.
  }
}

/** What was kept, in its order; what cannot be read is left out. */
export function readKeptDrafts(store: Store, name: string): KeptDraft[] {
  try {
    const kept: unknown = JSON.parse(store.getItem(name) ?? "[]");
    return Array.isArray(kept) ? kept.filter(isKeptDraft) : [];
  } catch {
    return [];
  }
}

function isKeptDraft(value: unknown): value is KeptDraft {
  const kept = value as Partial<KeptDraft> | null;
  return (
    typeof kept?.slotId === "string" &&
    typeof kept.leaseToken === "string" &&
    typeof kept.entered === "object" &&
    kept.entered !== null
  );
}

/** The item with what was entered before; parts that are of another kind than expected are left out. */
export function withEntered(held: HeldItem, entered: Readonly<Record<string, unknown>>): HeldItem {
  const empty = keptDraft(held).entered;
  const fitting = Object.entries(entered).filter(
    ([key, value]) => key in empty && sameKind(empty[key], value),
  );
  return { ...held, ...Object.fromEntries(fitting) };
}

function sameKind(expected: unknown, value: unknown): boolean {
  if (expected === null) return true;
  return (
    typeof expected === typeof value && value !== null && Array.isArray(expected) === Array.isArray(value)
  );
}
