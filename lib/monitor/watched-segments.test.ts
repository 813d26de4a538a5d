import { expect, test } from "vitest";
import { watchedSegments } from "./watched-segments";

test("all outputs, each watched attribute that the output carries, and pairs of them", () => {
  const segmentsOf = watchedSegments(["", "device", '["area","sleeps"]', '["[odd"]']);
  expect(segmentsOf({ device: "ios", area: "Surf Coast", sleeps: "5-6", "[odd": "x", other: "y" })).toEqual([
    { attribute: "", value: "" },
    { attribute: "device", value: "ios" },
    { attribute: '["area","sleeps"]', value: '["Surf Coast","5-6"]' },
    { attribute: '["[odd"]', value: '["x"]' },
  ]);
  expect(segmentsOf({ area: "Surf Coast" })).toEqual([{ attribute: "", value: "" }]);
  expect(watchedSegments(["toString"])({})).toEqual([{ attribute: "", value: "" }]);
});
