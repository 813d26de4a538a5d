import fc from "fast-check";
import { expect, test } from "vitest";
import { joinSegment, segmentParts, segmentSentence } from "./segment-part";

test.each([
  [[], { attribute: "", value: "" }, "All outputs"],
  [[{ attribute: "device", value: "ios" }], { attribute: "device", value: "ios" }, "device ios"],
  [
    [
      { attribute: "sleeps", value: "5-6" },
      { attribute: "area", value: "Surf Coast" },
    ],
    { attribute: '["area","sleeps"]', value: '["Surf Coast","5-6"]' },
    "area Surf Coast, sleeps 5-6",
  ],
  [[{ attribute: "[x", value: "[1]" }], { attribute: '["[x"]', value: '["[1]"]' }, "[x [1]"],
  [[{ attribute: "device", value: "" }], { attribute: "device", value: "" }, "device (empty)"],
])("%j is written %j", (parts, segment, sentence) => {
  expect(joinSegment(parts)).toEqual(segment);
  expect(segmentSentence(segment)).toBe(sentence);
});

test("what is no list of names is one name", () => {
  expect(segmentParts({ attribute: "[x", value: "y" })).toEqual([{ attribute: "[x", value: "y" }]);
  expect(segmentParts({ attribute: '["a","b"]', value: "y" })).toEqual([
    { attribute: '["a","b"]', value: "y" },
  ]);
});

test("parts come back whatever their names are", () => {
  const part = fc.record({ attribute: fc.string({ minLength: 1 }), value: fc.string() });
  const name = fc.constantFrom("[", '["a"]', '["a","b"]', "[]", "a", "b");
  const strange = fc.record({ attribute: name, value: name });
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.oneof(part, strange), { maxLength: 3, selector: (each) => each.attribute }),
      (parts) => {
        const sorted = [...parts].sort((a, b) => (a.attribute < b.attribute ? -1 : 1));
        expect(segmentParts(joinSegment(parts))).toEqual(sorted);
        expect(joinSegment([...parts].reverse())).toEqual(joinSegment(parts));
      },
    ),
  );
});
