import { describe, expect, it } from "vitest";
import { contractDefinitionSchema } from "@/lib/contract/schema";
import { readSample } from "./read-sample";
import { understoodSchema } from "./schema";
import { shapeSample } from "./shape-sample";
import { understandSample } from "./understand-sample";

const values = (text: string) => {
  const read = readSample(text);
  if (!read.ok) throw new Error(read.sentence);
  return read.values;
};

describe("reading what was pasted", () => {
  it("takes one record, an array, a batch, and one record a line", () => {
    expect(values('{"a":1}')).toEqual([{ a: 1 }]);
    expect(values('[{"a":1},{"a":2}]')).toEqual([{ a: 1 }, { a: 2 }]);
    expect(values('{"batch":[{"a":1}]}')).toEqual([{ a: 1 }]);
    expect(values('{"a":1}\n\n{"a":2}\n')).toEqual([{ a: 1 }, { a: 2 }]);
    expect(values('"yes"')).toEqual(["yes"]);
  });

  it.each([
    ['{\n  "a": 1,\n}', 3, 1],
    ['{\n  "a": 1\n  "b": 2\n}', 3, 3],
    ["{'a': 1}", 1, 2],
    ['{"ä": 1', 1, 8],
    ['{"a":1}\n{"a":}', 2, 6],
    ["", 1, 1],
  ])("says at which place %j breaks", (text, line, column) => {
    const read = readSample(text);
    expect(read).toMatchObject({ ok: false, line, column });
    expect(!read.ok && read.sentence.length).toBeGreaterThan(10);
  });

  it.each([
    ['[{"a":1}', "Line 1, column 9: a ] after the last record is expected."],
    ['{"a":1', "Line 1, column 7: the text ends where a comma or } is expected."],
    ['{"a" 1}', "Line 1, column 6: “1” stands where a colon is expected."],
  ])("says what is missing in %j", (text, sentence) => {
    expect(readSample(text)).toMatchObject({ sentence });
  });

  it("says what else a database cannot hold", () => {
    expect(readSample('{"a":"\\u0000"}')).toMatchObject({ ok: false, line: 1 });
  });
});

describe("guessing the parts", () => {
  it("leaves a record in our form as it is", () => {
    const record = { id: "1", input: { a: 1 }, output: { b: 2 }, segments: { region: "eu" } };
    expect(shapeSample(record)).toEqual({ record, notes: [] });
  });

  it("corrects the spelling of our own names, and says so", () => {
    const { record, notes } = shapeSample({ input: 1, output: 2, occurredAt: "2026-01-01T00:00:00Z" });
    expect(record.occurred_at).toBe("2026-01-01T00:00:00Z");
    expect(notes).toEqual(["occurredAt was taken as occurred_at; send it under that name."]);
  });

  it("finds output, input, confidence, model and segments by usual names", () => {
    const { record } = shapeSample({
      request_id: "r1",
      prompt: "Is this spam?",
      label: "spam",
      score: 0.9,
      model: "gate-3",
      country: "DE",
      subject: "A letter of 12 March",
    });
    expect(record).toEqual({
      id: "r1",
      input: { prompt: "Is this spam?", subject: "A letter of 12 March" },
      output: { label: "spam" },
      confidence: 0.9,
      model: { name: "gate-3" },
      segments: { country: "DE" },
    });
  });

  it("takes everything as the output when no name is known, and says that the input is missing", () => {
    const { record, notes } = shapeSample({ total: 12, currency: "EUR" });
    expect(record).toEqual({ input: null, output: { total: 12, currency: "EUR" } });
    expect(notes.join(" ")).toContain("There is no input");
    expect(shapeSample([1, 2]).record).toEqual({ input: null, output: [1, 2] });
  });
});

describe("what is said of a few records", () => {
  const pasted = [
    { input: { text: "Please pay 12", country: "DE" }, output: { label: "invoice", total: 12 } },
    { input: { text: "Where is it?", country: "FR" }, output: { label: "complaint", total: null } },
  ];

  it("names places, questions, possible segments, and drafts fields and types only", () => {
    const { understood, contract, form } = understandSample(pasted);
    expect(understoodSchema.parse(understood)).toEqual(understood);
    expect(understood.questions).toEqual(["Label", "Total"]);
    expect(understood.could_be_segments).toEqual(["country"]);
    expect(understood.places[0]).toEqual({
      path: "/output/label",
      use: "answered",
      type: "text",
      example: "invoice",
      records: 2,
    });
    expect(form?.fields.map(({ output_path: path }) => path)).toEqual(["/label", "/total"]);
    expect(contractDefinitionSchema.parse(contract)).toEqual(contract);
    expect(new Set(contract.rules.map(({ rule }) => rule))).toEqual(new Set(["required", "type"]));
    const total = contract.rules.find(({ rule, path }) => rule === "type" && path === "/output/total");
    expect(total).toMatchObject({ types: ["null", "number"], support: 2 });
  });

  it("admits how little one record is", () => {
    const { contract } = understandSample(pasted.slice(0, 1));
    const [rule] = contract.rules;
    expect(rule?.support).toBe(1);
    // 95 of 100 such samples have a true rate below .95: next to nothing is known.
    expect(rule?.rate_at_most).toBeCloseTo(0.95, 10);
  });

  it("looks at fifty records and says how many it left out", () => {
    const { understood } = understandSample(Array.from({ length: 60 }, () => pasted[0]));
    expect(understood).toMatchObject({ records: 50, left_out: 10 });
  });
});
