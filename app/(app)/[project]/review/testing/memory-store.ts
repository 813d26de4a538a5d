import type { KeptEntry, OutboxStore } from "@/app/(app)/[project]/review/outbox-store";

/** A store whose contents a test can look at, and that can refuse. */
export function memoryStore(kept: KeptEntry[] = []): OutboxStore & { kept: KeptEntry[]; refuses: boolean } {
  const store = {
    kept,
    refuses: false,
    read: async () => {
      refuse();
      return [...store.kept];
    },
    keep: async (entry: KeptEntry) => {
      refuse();
      const at = store.kept.findIndex((each) => each.key === entry.key);
      if (at < 0) store.kept.push(entry);
      else store.kept[at] = entry;
    },
    forget: async (key: string) => {
      refuse();
      store.kept = store.kept.filter((each) => each.key !== key);
    },
    countOthers: async () => 0,
  };
  function refuse() {
    if (store.refuses) throw new Error("The quota is used up.");
  }
  return store;
}
