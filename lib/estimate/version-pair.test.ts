import { expect, test } from "vitest";

import { versionPair } from "./version-pair";

const KNOWN = ["3", "2", "1"].map((version) => ({ version }));

test("what the address leaves open is the newest version and the one before it", () => {
  expect(versionPair({ earlier: "", later: "" }, KNOWN)).toEqual({ earlier: "2", later: "3" });
  expect(versionPair({ earlier: "", later: "2" }, KNOWN)).toEqual({ earlier: "1", later: "2" });
  expect(versionPair({ earlier: "", later: "1" }, KNOWN)).toEqual({ earlier: "3", later: "1" });
  expect(versionPair({ earlier: "3", later: "" }, KNOWN)).toEqual({ earlier: "3", later: "2" });
  expect(versionPair({ earlier: "0.9", later: "3" }, KNOWN)).toEqual({ earlier: "0.9", later: "3" });
});

test("there are no two where only one is known, or one is named twice", () => {
  expect(versionPair({ earlier: "", later: "" }, KNOWN.slice(0, 1))).toBeNull();
  expect(versionPair({ earlier: "", later: "" }, [])).toBeNull();
  expect(versionPair({ earlier: "2", later: "2" }, KNOWN)).toBeNull();
});
