import { expect, test } from "vitest";

import { presentQuery, viewAddress } from "./view-address";

test("a view keeps what is asked for, not the place in the list", () => {
  expect(presentQuery("?segment=a%3Db&after=xyz&sort=oldest")).toBe("?segment=a%3Db&sort=oldest");
  expect(presentQuery("?before=x")).toBe("");
});

test("a view opens the page of its kind", () => {
  expect(viewAddress("mail", { kind: "accuracy", query: "?from=x" })).toBe("/mail/accuracy?from=x");
  expect(viewAddress("mail", { kind: "outputs", query: "" })).toBe("/mail/output");
});
