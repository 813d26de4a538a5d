import { expect, test } from "vitest";
import { keepDraft, keptDraft } from "./kept-draft";

function memoryStore() {
  const map = new Map<string, string>();
  return {
    map,
    getItem: (key: string) => map.get(key) ?? null,
    setItem: (key: string, value: string) => void map.set(key, value),
    removeItem: (key: string) => void map.delete(key),
  };
}

test("a draft comes back for its own item only, and goes when there is nothing to keep", () => {
  const store = memoryStore();
  const draft = { label: true, reason: "half a" };
  keepDraft(store, "n", { slotId: "a", draft });
  expect(keptDraft(store, "n", "a")).toEqual(draft);
  expect(keptDraft(store, "n", "b")).toEqual({});
  keepDraft(store, "n", { slotId: "a", draft: {} });
  expect(store.map.size).toBe(0);
});

test("damaged or foreign contents and a forbidden store do no harm", () => {
  const store = memoryStore();
  for (const text of ["{half", "3", '{"slotId":"a"}', '{"slotId":"a","draft":{"x":{"y":1},"z":"ok"}}']) {
    store.map.set("n", text);
    expect(keptDraft(store, "n", "a")).toEqual(text.includes("ok") ? { z: "ok" } : {});
  }
  const forbidden = {
    ...store,
    setItem: () => {
      throw new Error("quota");
    },
    getItem: () => {
      throw new Error("forbidden");
    },
  };
  expect(() => keepDraft(forbidden, "n", { slotId: "a", draft: { x: "y" } })).not.toThrow();
  expect(keptDraft(forbidden, "n", "a")).toEqual({});
});
