import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson, canonicalMembers } from "./canonical-json";

describe("canonical JSON", () => {
  it("is the example of RFC 8785", () => {
    const value = JSON.parse(
      '{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"string":"\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/","literals":[null,true,false]}',
    );
    expect(canonicalJson(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  it("orders keys by UTF-16 units", () => {
    const value = { "\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\ud83d\ude00": 5, "\u0080": 6, "\u00f6": 7 };
    expect(Object.keys(JSON.parse(canonicalJson(value)))).toEqual([
      "1",
      "\r",
      "\u0080",
      "\u00f6",
      "\u20ac",
      "\ud83d\ude00",
      "\ufb33",
    ]);
  });

  it("keeps keys that mean something to JavaScript", () => {
    const text = '{"__proto__":{"x":1},"constructor":null,"toString":"t"}';
    expect(canonicalJson(JSON.parse(text))).toBe(text);
    expect({}).not.toHaveProperty("x");
  });

  it("is the same text for the same value however it was written, and reads back equal", () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const text = canonicalJson(value);
        const again = JSON.parse(JSON.stringify(value));
        expect(canonicalJson(again)).toBe(text);
        expect(JSON.parse(text)).toEqual(again);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
      }),
      { numRuns: 2_000 },
    );
  });

  it("puts canonical members together in order", () => {
    expect(
      canonicalMembers([
        ["b", "1"],
        ["a", '"x"'],
        ["a\n", "[]"],
      ]),
    ).toBe('{"a":"x","a\\n":[],"b":1}');
  });

  it("refuses what JSON has not", () => {
    expect(() => canonicalJson(undefined)).toThrow("undefined is not a JSON value");
  });
});
