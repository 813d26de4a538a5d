import { expect, test } from "vitest";

import { sqlState } from "./sql-state";

test.each([
  ["the driver's own", { code: "23505" }, "23505"],
  ["one with letters", { code: "22P05" }, "22P05"],
  ["through an adapter", { meta: { driverAdapterError: { cause: { originalCode: "40001" } } } }, "40001"],
  ["a lost race in Prisma's words", { code: "P2034" }, "40001"],
  ["a cause further down", { code: "P2010", cause: { code: "57014" } }, "57014"],
])("%s is read", (_name, thrown, state) => {
  expect(sqlState(Object.assign(new Error("planted"), thrown))).toBe(state);
});

// Five capital letters, as a state has; taken for one, a lost connection would look like a fault of ours.
test.each([["EPIPE"], ["ECONNRESET"], ["P2002"], [undefined]])("%s is no state of the database", (code) => {
  expect(sqlState(Object.assign(new Error("planted"), { code }))).toBeUndefined();
});
