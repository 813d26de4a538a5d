import { expect, test } from "vitest";
import {
  fateOf,
  forgetEntry,
  keepEntry,
  newKey,
  type OutboxEntry,
  outboxName,
  readEntries,
  retrySeconds,
} from "./outbox";

function memoryStore() {
  const map = new Map<string, string>();
  return {
    map,
    getItem: (key: string) => map.get(key) ?? null,
    setItem: (key: string, value: string) => void map.set(key, value),
    removeItem: (key: string) => void map.delete(key),
    key: (index: number) => [...map.keys()][index] ?? null,
    get length() {
      return map.size;
    },
  };
}

const entry = (key: string, at: number): OutboxEntry => ({ key, at, path: "submit", body: { slot_id: key } });

test("entries survive in their order and leave one by one; another person's stay out of sight", () => {
  const store = memoryStore();
  const mine = outboxName("me", "bank");
  keepEntry(store, mine, entry("b", 2));
  keepEntry(store, mine, entry("a", 1));
  keepEntry(store, outboxName("you", "bank"), entry("c", 0));
  keepEntry(store, outboxName("me", "other"), entry("d", 0));
  expect(readEntries(store, mine)).toEqual([entry("a", 1), entry("b", 2)]);
  forgetEntry(store, mine, "a");
  expect(readEntries(store, mine)).toEqual([entry("b", 2)]);
});

test("damaged entries and a forbidden store do no harm", () => {
  const store = memoryStore();
  const mine = outboxName("me", "bank");
  store.map.set(`${mine}x`, "{half");
  store.map.set(`${mine}y`, '{"key":1}');
  expect(readEntries(store, mine)).toEqual([]);
  const forbidden = {
    ...memoryStore(),
    setItem: () => {
      throw new Error("quota");
    },
    get length(): number {
      throw new Error("forbidden");
    },
  };
  expect(() => keepEntry(forbidden, mine, entry("a", 1))).not.toThrow();
  expect(readEntries(forbidden, mine)).toEqual([]);
});

test("only a refusal ends an entry; a lost network, a busy server and a lost sign-in keep it", () => {
  expect([0, 408, 429, 500, 503].map(fateOf)).toEqual(Array.from({ length: 5 }, () => "retry"));
  expect(fateOf(401)).toBe("sign-in");
  expect([403, 404, 409, 410, 422].map(fateOf)).toEqual(Array.from({ length: 5 }, () => "refused"));
});

test("pauses grow to half a minute", () => {
  expect([1, 2, 3, 4, 5, 50].map(retrySeconds)).toEqual([2, 4, 8, 16, 30, 30]);
});

test("keys are version 4 UUIDs and differ", () => {
  const keys = Array.from({ length: 200 }, newKey);
  for (const key of keys)
    expect(key).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(new Set(keys).size).toBe(200);
});
