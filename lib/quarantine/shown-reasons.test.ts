import { expect, it } from "vitest";
import { shownReasons } from "./shown-reasons";

const reasons = [
  { code: "VALUE_ABOVE_RANGE", path: "/confidence", observed: 7, expected: "at most 1" },
  { code: "A_CODE_OF_ANOTHER_RELEASE", path: "" },
];

it("shows what was found only to those who may see payloads", () => {
  expect(shownReasons(reasons, true)).toEqual([
    { sentence: "A value is too large.", path: "/confidence", observed: "7", expected: "at most 1" },
    { sentence: "A_CODE_OF_ANOTHER_RELEASE", path: "", observed: null, expected: null },
  ]);
  expect(shownReasons(reasons, false).map(({ observed }) => observed)).toEqual([null, null]);
});
