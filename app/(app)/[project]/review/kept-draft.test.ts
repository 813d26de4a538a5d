import { expect, test } from "vitest";
import { keepDraft, readKeptDraft } from "./kept-draft";

function memoryStore() {
  const map = new Map<string, string>();
  return {
    map,
    getItem: (key: string) => map.get(key) ?? null,
    setItem: (key: string, value: string) => void map.set(key, value),
    removeItem: (key: string) => void map.delete(key),
  };
}

const kept = { slotId: "a", leaseToken: "t", draft: { label: true, reason: "half a" } };

test("what is kept comes back, and goes when there is nothing to keep", () => {
  const store = memoryStore();
  keepDraft(store, "n", kept);
  expect(readKeptDraft(store, "n")).toEqual(kept);
  expect(readKeptDraft(store, "other")).toBeNull();
  keepDraft(store, "n", null);
  expect(store.map.size).toBe(0);
});

test("damaged contents and a forbidden store do no harm", () => {
  const store = memoryStore();
  for (const text of ["{half", "3", '{"slotId":"a"}', '{"slotId":"a","leaseToken":"t"}']) {
    store.map.set("n", text);
    expect(readKeptDraft(store, "n")).toBeNull();
  }
  store.map.set("n", JSON.stringify({ ...kept, draft: { x: { y: 1 }, z: "ok" } }));
  expect(readKeptDraft(store, "n")?.draft).toEqual({ z: "ok" });
  const forbidden = {
    ...store,
    setItem: () => {
      throw new Error("quota");
    },
    getItem: () => {
      throw new Error("forbidden");
    },
  };
  expect(() => keepDraft(forbidden, "n", kept)).not.toThrow();
  expect(readKeptDraft(forbidden, "n")).toBeNull();
});
