import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type BodyForm, MAX_RECORD_BYTES, recordScanner } from "./record-scanner";

function scan(body: string | Uint8Array, form: BodyForm = "json") {
  const bytes = Buffer.from(body);
  const next = recordScanner(bytes, form);
  const found: { text: string; codes: string[]; offset: number | undefined }[] = [];
  for (let slice = next(); slice !== null; slice = next()) {
    found.push({
      text: bytes.toString("utf8", slice.start, slice.end),
      codes: slice.reasons.map((reason) => reason.code),
      offset: slice.reasons.find((reason) => reason.offset !== undefined)?.offset,
    });
  }
  return found;
}

const texts = (body: string, form?: BodyForm) => scan(body, form).map(({ text, codes }) => [text, ...codes]);
const BAD = "PARSE_INVALID_JSON";

describe("forms of a body", () => {
  it("one object", () => {
    expect(texts(' {"id":"a","batch":[1]} \n')).toEqual([['{"id":"a","batch":[1]}']]);
    expect(texts('{"output":1,"input":2}')).toEqual([['{"output":1,"input":2}']]);
  });

  it("an array", () => {
    expect(texts('[{"id":1} , {"id":2},3]')).toEqual([['{"id":1}'], ['{"id":2}'], ["3"]]);
  });

  it("an envelope, its batch first or later, other members ignored", () => {
    expect(texts('{"batch":[{"id":1},{"id":2}]}')).toEqual([['{"id":1}'], ['{"id":2}']]);
    expect(texts('{"sent_at":{"x":[1]},"batch":[{"id":1}],"n":2} ')).toEqual([['{"id":1}']]);
  });

  it("lines, empty ones aside", () => {
    expect(texts('{"id":1}\r\n\n  \n{"id":2}', "ndjson")).toEqual([['{"id":1}'], ['{"id":2}']]);
  });

  it("nothing", () => {
    for (const body of ["", "  ", "[]", " [ ] ", '{"batch":[]}', '{"batch": [ ] }'])
      expect(scan(body), body).toEqual([]);
    for (const body of ["", "\n\n", " \r\n"]) expect(scan(body, "ndjson")).toEqual([]);
  });
});

describe("a broken record leaves its neighbours whole", () => {
  const good = '{"id":"a","input":"x, ] }"}';

  it.each([
    '{"a":1,}',
    '{"a":}',
    "{a:1}",
    '{"a":[1,2}',
    '{"a":1}}',
    '{"a":1} {"b":2}',
    "nope",
    '{"a":"\t"}',
    '{"a":01}',
    `${"[".repeat(99)}${"]".repeat(99)}`,
  ])("in an array: %s", (bad) => {
    const found = scan(`[${good},${bad},${good}]`);
    expect(found.map(({ text }) => text)).toEqual([good, bad, good]);
    expect(found.map(({ codes }) => codes.length > 0)).toEqual([false, true, false]);
    expect(scan(`{"batch":[${good},${bad},${good}]}`)).toEqual(found);
  });

  it.each(['{"a":"open', "]", "{", '"', '{"id":1}{"id":2}', "\u0000", "[".repeat(99)])(
    "in lines: %s",
    (bad) => {
      const found = scan(`${good}\n${bad}\n${good}\n`, "ndjson");
      expect(found.map(({ text }) => text)).toEqual([good, bad, good]);
      expect(found.map(({ codes }) => codes.length > 0)).toEqual([false, true, false]);
    },
  );

  it("when its bytes are no UTF-8, with the offset in the record", () => {
    const bad = Buffer.concat([Buffer.from('{"id":"'), Buffer.from([0xc3, 0x28]), Buffer.from('"}')]);
    const body = Buffer.concat([Buffer.from(`[${good},`), bad, Buffer.from(`,${good}]`)]);
    const found = scan(body);
    expect(found.map(({ codes }) => codes)).toEqual([[], ["PARSE_INVALID_UTF8"], []]);
    expect(found[1]?.offset).toBe(7);
  });

  it("when it is too large", () => {
    const large = `{"id":"${"x".repeat(MAX_RECORD_BYTES)}"}`;
    expect(scan(`[${good},${large},${good}]`).map(({ codes }) => codes)).toEqual([
      [],
      ["RECORD_TOO_LARGE"],
      [],
    ]);
    const fits = `{"id":"${"x".repeat(MAX_RECORD_BYTES - 9)}"}`;
    expect(scan(`[${fits}]`).map(({ codes }) => codes)).toEqual([[]]);
  });
});

describe("what is outside of the grammar is a record of its own", () => {
  it.each([
    ['[{"id":1}] x', [['{"id":1}'], ["x", BAD]]],
    ['[{"id":1}', [['{"id":1}'], ["", BAD]]],
    ['[{"id":1},]', [['{"id":1}'], ["", BAD]]],
    ['[{"id":1},{"id":', [['{"id":1}'], ['{"id":', BAD]]],
    ['{"batch":[{"id":1}]', [['{"id":1}'], ["", BAD]]],
    ['{"batch":[{"id":1}],"x":}', [['{"id":1}'], [',"x":}', BAD]]],
    ['{"batch":[{"id":1}]}{}', [['{"id":1}'], ["}{}", BAD]]],
    ['{"id":1} {"id":2}', [['{"id":1} {"id":2}', BAD]]],
    ["not json", [["not json", BAD]]],
    ["\ufeff{}", [["\ufeff{}", BAD]]],
    ['{"batch"', [['{"batch"', BAD]]],
    ['{"x":tru,"batch":[1]}', [['{"x":tru,"batch":[1]}', BAD]]],
  ])("%s", (body, expected) => {
    expect(texts(body)).toEqual(expected);
  });
});

describe("any bytes", () => {
  it("end in finitely many records that do not overlap", () => {
    const piece = fc.constantFrom(
      "[",
      "]",
      "{",
      "}",
      ",",
      ":",
      '"',
      '"batch"',
      '"id"',
      "1",
      "\\",
      " ",
      "\n",
      "é",
      '{"id":1}',
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 30 }),
        fc.constantFrom<BodyForm>("json", "ndjson"),
        (parts, form) => {
          const bytes = Buffer.from(parts.join(""));
          const next = recordScanner(bytes, form);
          let end = 0;
          for (let slice = next(), count = 0; slice !== null; slice = next(), count += 1) {
            expect(count).toBeLessThanOrEqual(bytes.length + 1);
            expect(slice.start).toBeGreaterThanOrEqual(end);
            expect(slice.end).toBeGreaterThanOrEqual(slice.start);
            end = slice.end;
            if (slice.reasons.length === 0) JSON.parse(bytes.toString("utf8", slice.start, slice.end));
          }
        },
      ),
      { numRuns: 20_000 },
    );
  });

  it("agree with JSON.parse on arrays and envelopes of any values", () => {
    fc.assert(
      fc.property(
        fc.array(fc.jsonValue({ maxDepth: 3 })),
        fc.constantFrom(undefined, 2),
        (values, indent) => {
          const wanted = values.map((value) => JSON.stringify(value));
          for (const body of [
            JSON.stringify(values, null, indent),
            JSON.stringify({ a: 1, batch: values }, null, indent),
          ]) {
            const found = scan(body).filter(({ codes }) => codes.length === 0 || codes[0] === BAD);
            const parsed = found.map(({ text }) => JSON.stringify(JSON.parse(text)));
            if (found.length === values.length) expect(parsed).toEqual(wanted);
          }
        },
      ),
    );
  });
});
