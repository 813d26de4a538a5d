import { expect, test } from "vitest";
import { keepDrafts, readKeptDrafts } from "./kept-draft";

function memory() {
  const map = new Map<string, string>();
  return {
    map,
    getItem: (key: string) => map.get(key) ?? null,
    setItem: (key: string, value: string) => void map.set(key, value),
    removeItem: (key: string) => void map.delete(key),
  };
}

const kept = { slotId: "a", leaseToken: "t", entered: { draft: { label: true, reason: "half a" } } };

test("what is kept comes back in its order, and goes when there is nothing to keep", () => {
  const store = memory();
  const two = [kept, { ...kept, slotId: "b" }];
  keepDrafts(store, "n", two);
  expect(readKeptDrafts(store, "n")).toEqual(two);
  expect(readKeptDrafts(store, "other")).toEqual([]);
  keepDrafts(store, "n", []);
  expect(store.map.size).toBe(0);
});

test("damaged contents and a forbidden store do no harm", () => {
  const store = memory();
  for (const text of ["{half", "3", "[3, null]", '[{"slotId":"a","leaseToken":"t"}]']) {
    store.map.set("n", text);
    expect(readKeptDrafts(store, "n")).toEqual([]);
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
  expect(() => keepDrafts(forbidden, "n", [kept])).not.toThrow();
  expect(readKeptDrafts(forbidden, "n")).toEqual([]);
});
