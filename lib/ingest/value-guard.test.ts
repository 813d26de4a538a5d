import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { report } from "@/lib/testing/console";
import { fastestMs } from "@/lib/testing/fastest";
import { readSlice } from "./record-scanner";
import { anyJsonText } from "./testing/json-text";
import { scanValue } from "./value-scan";

function guard(text: string | Uint8Array) {
  const bytes = Buffer.from(text);
  const { reasons } = readSlice(bytes, 0, bytes.length, true);
  return { codes: reasons.map((reason) => reason.code), reasons };
}

function accepts(text: string): boolean {
  return guard(text).codes.length === 0;
}

describe("grammar", () => {
  it("takes what JSON.parse takes", () => {
    for (const text of [
      "{}",
      "[]",
      '{"a":[]}',
      "[[],{}]",
      "0",
      "-0",
      "1E+2",
      "0.5e-3",
      '"\\u00e9\\/\\b"',
      "true",
      " [ 1 , null ] ",
    ]) {
      expect(guard(text).codes, text).toEqual([]);
    }
  });

  it("names the byte at which the text breaks", () => {
    const cases: [string, number][] = [
      ["", 0],
      ['{"a":1,}', 7],
      ["[1,]", 3],
      ['{"a" 1}', 5],
      ["{a:1}", 1],
      ['{"a":1 "b":2}', 7],
      ["[1 2]", 3],
      ["// no\n1", 0],
      ["\ufeff{}", 0],
      ["01", 1],
      ["+1", 0],
      [".5", 0],
      ["1.", 2],
      ["1e", 2],
      ["NaN", 0],
      ["Infinity", 0],
      ["-", 1],
      ["tru", 0],
      ["truth", 0],
      ['"\t"', 1],
      ['"\\x"', 1],
      ['"\\u12g4"', 1],
      ['"open', 5],
      ['{"a":[1}', 7],
      ["]", 0],
    ];
    for (const [text, offset] of cases) {
      expect(guard(text).reasons, text).toMatchObject([{ code: "PARSE_INVALID_JSON", offset }]);
    }
  });
});

describe("what PostgreSQL and JavaScript would change in silence", () => {
  it.each([
    ['{"a":{"b":"x\\u0000"}}', "NUL_CHARACTER", "/a/b"],
    ['{"a":1,"k\\u0000":2}', "NUL_CHARACTER", "/k\\u0000"],
    ['{"id":"\\u0000"}', "NUL_CHARACTER", "/id"],
    ['["x","\\ud800"]', "LONE_SURROGATE", "/1"],
    ['"\\udc00\\ud800"', "LONE_SURROGATE", ""],
    ['"\\ud800\\u0041"', "LONE_SURROGATE", ""],
    ['{"a~/":{"b":1e400}}', "NUMBER_NOT_REPRESENTABLE", "/a~0~1/b"],
    ["-1e400", "NUMBER_NOT_REPRESENTABLE", ""],
    ["1e-400", "NUMBER_NOT_REPRESENTABLE", ""],
    ["0e99999999", "NUMBER_NOT_REPRESENTABLE", ""],
    ["1e200000", "NUMBER_NOT_REPRESENTABLE", ""],
    ["9007199254740993", "NUMBER_NOT_REPRESENTABLE", ""],
    ["-9007199254740993", "NUMBER_NOT_REPRESENTABLE", ""],
    ["0.1000000000000000055511151231257827", "NUMBER_NOT_REPRESENTABLE", ""],
    [`1${"0".repeat(309)}`, "NUMBER_NOT_REPRESENTABLE", ""],
    [`0.${"0".repeat(400)}1`, "NUMBER_NOT_REPRESENTABLE", ""],
    ['{"a":1,"a":2}', "DUPLICATE_KEY", "/a"],
    ['{"a":1,"\\u0061":2}', "DUPLICATE_KEY", "/a"],
    ['{"\\u0061":1,"a":2}', "DUPLICATE_KEY", "/a"],
    ['{"x":{"__proto__":1,"__proto__":2}}', "DUPLICATE_KEY", "/x/__proto__"],
    [`{"${"k".repeat(257)}":1}`, "KEY_TOO_LONG", `/${"k".repeat(257)}`],
    [`${"[".repeat(65)}${"]".repeat(65)}`, "TOO_DEEP", "/0".repeat(64)],
  ])("%s", (text, code, path) => {
    const { reasons } = guard(text);
    expect(reasons).toHaveLength(1);
    expect(reasons[0]).toMatchObject({ code, path });
  });

  it.each([
    '"\\ud83d\\ude00"',
    '"😀"',
    "9007199254740992",
    "90071992547409940",
    "1e22",
    "1.7976931348623157e308",
    "2.2250738585072014e-308",
    "0.10000000000000001",
    "0.30000000000000004",
    "123456789012345.67",
    `{"${"k".repeat(256)}":1}`,
    '{"a":{"a":1},"b":[{"a":1},{"a":2}]}',
    '{"__proto__":{"x":1},"constructor":{"prototype":null}}',
    `${"[".repeat(64)}${"]".repeat(64)}`,
  ])("takes %s", (text) => {
    expect(guard(text).codes).toEqual([]);
  });

  it("counts keys over the whole record, once", () => {
    const members = Array.from({ length: 5_000 }, (_, index) => `"k${index}":0`);
    expect(accepts(`{${members.join(",")}}`)).toBe(true);
    expect(guard(`{${members.join(",")},"one":1,"two":2}`).codes).toEqual(["TOO_MANY_KEYS"]);
  });

  it("collects at most 32 reasons", () => {
    expect(guard(`[${Array(100).fill("1e999").join(",")}]`).reasons).toHaveLength(32);
  });

  it("bounds how long the text becomes that PostgreSQL prints", () => {
    expect(guard(`[${Array(3_000).fill("1e308").join(",")}]`).codes).toEqual([]);
    expect(guard(`[${Array(10_000).fill("1e308").join(",")}]`).codes).toContain("NUMBER_NOT_REPRESENTABLE");
  });

  it("gives up on five million brackets at once", () => {
    const bytes = Buffer.alloc(5_000_000, "[");
    const { end } = scanValue(bytes, 0, bytes.length, 0x5d);
    expect(fastestMs(() => scanValue(bytes, 0, bytes.length, 0x5d))).toBeLessThan(5);
    expect(end).toBe(bytes.length);
    expect(guard("[".repeat(100_000)).codes).toEqual(["TOO_DEEP"]);
    expect(guard(bytes).codes).toEqual(["RECORD_TOO_LARGE"]);
  });
});

describe("against JSON.parse", () => {
  it("accepts only what parses and prints the same numbers, and refuses nothing plain", () => {
    let accepted = 0;
    const runs = 20_000;
    fc.assert(
      fc.property(anyJsonText, (text) => {
        const ok = accepts(text);
        let parsed: unknown;
        let parses = true;
        try {
          parsed = JSON.parse(text);
        } catch {
          parses = false;
        }
        if (ok) {
          accepted += 1;
          expect(parses).toBe(true);
          const printed = JSON.stringify(parsed);
          expect(accepts(printed)).toBe(true);
          // JSON prints −0 as 0: the one difference there may be.
          expect(JSON.parse(printed)).toEqual(JSON.parse(text, (_, value) => (value === 0 ? 0 : value)));
        } else if (parses) {
          const { codes } = guard(text);
          expect(codes.length).toBeGreaterThan(0);
          expect(codes).not.toContain("PARSE_INVALID_JSON");
        }
      }),
      { numRuns: runs },
    );
    report(`byte guard: ${runs} texts, ${accepted} accepted`);
    expect(accepted).toBeGreaterThan(runs / 5);
    expect(accepted).toBeLessThan(runs * 0.95);
  });
});
