import { expect, test } from "vitest";

import { compareAddress, comparedVersions } from "./compare-state";

const KNOWN = ["3", "2", "1"].map((version) => ({ version }));

test("what the address leaves open is the newest version and the one before it", () => {
  expect(comparedVersions({ earlier: "", later: "" }, KNOWN)).toEqual({ earlier: "2", later: "3" });
  expect(comparedVersions({ earlier: "", later: "2" }, KNOWN)).toEqual({ earlier: "1", later: "2" });
  expect(comparedVersions({ earlier: "", later: "1" }, KNOWN)).toEqual({ earlier: "3", later: "1" });
  expect(comparedVersions({ earlier: "3", later: "" }, KNOWN)).toEqual({ earlier: "3", later: "2" });
  expect(comparedVersions({ earlier: "0.9", later: "3" }, KNOWN)).toEqual({ earlier: "0.9", later: "3" });
});

test("there are no two where only one is known, or one is named twice", () => {
  expect(comparedVersions({ earlier: "", later: "" }, KNOWN.slice(0, 1))).toBeNull();
  expect(comparedVersions({ earlier: "", later: "" }, [])).toBeNull();
  expect(comparedVersions({ earlier: "2", later: "2" }, KNOWN)).toBeNull();
});

test("an address names both", () => {
  expect(compareAddress("mail", { later: "2.4" })).toBe("/mail/accuracy/compare?later=2.4");
});
