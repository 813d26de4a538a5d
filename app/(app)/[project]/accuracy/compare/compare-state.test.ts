import { expect, test } from "vitest";

import { compareAddress } from "./compare-state";

test("an address names both", () => {
  expect(compareAddress("mail", { later: "2.4" })).toBe("/mail/accuracy/compare?later=2.4");
});
