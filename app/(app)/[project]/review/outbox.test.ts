import { expect, test } from "vitest";
import { fateOf, leaseOf, newKey, type OutboxEntry, retrySeconds, unsentText } from "./outbox";

const entry: OutboxEntry = {
  key: "k",
  path: "submit",
  reference: "case 7",
  body: { slot_id: "s", lease_token: "secret", answer: { kind: "order" }, comment: "look" },
};

test("only a refusal ends an entry; a lost network, a busy server, a lost sign-in and a lost role keep it", () => {
  expect([0, 408, 429, 500, 503].map((status) => fateOf(status))).toEqual(
    Array.from({ length: 5 }, () => "retry"),
  );
  expect(fateOf(401)).toBe("sign-in");
  expect([fateOf(403), fateOf(404)]).toEqual(["role", "role"]);
  expect(fateOf(409, "other_person")).toBe("person");
  expect([409, 410, 422].map((status) => fateOf(status))).toEqual(Array.from({ length: 3 }, () => "refused"));
});

test("pauses grow to half a minute", () => {
  expect([1, 2, 3, 4, 5, 6, 50].map(retrySeconds)).toEqual([1, 2, 4, 8, 16, 30, 30]);
});

test("one lease takes one decision; an undo stands for itself", () => {
  expect(leaseOf(entry)).toBe("secret");
  expect(leaseOf({ ...entry, path: "undo", body: { submission_key: "k" } })).toBe("k");
});

test("what is not sent can be copied, without what gives access to it", () => {
  const text = unsentText([entry, { ...entry, path: "skip", body: { outcome: "SKIPPED", reason: "later" } }]);
  expect(JSON.parse(text)).toEqual([
    { case: "case 7", decision: "ANSWERED", answer: { kind: "order" }, comment: "look" },
    { case: "case 7", decision: "SKIPPED", reason: "later" },
  ]);
  expect(text).not.toContain("secret");
});

test("keys are version 4 UUIDs and differ", () => {
  const keys = Array.from({ length: 200 }, newKey);
  for (const key of keys)
    expect(key).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(new Set(keys).size).toBe(200);
});
