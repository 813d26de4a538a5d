import fc from "fast-check";
import { expect, test } from "vitest";
import { compareAnswer } from "./compare-answer";
import { compareField } from "./compare-field";
import { answerFieldSchema } from "./field-schema";
import { judgeTruth, schemaInForce } from "./judge-truth";
import { answerFromTruth, parseAnswer } from "./parse-answer";
import { type AnswerField, answerDefinitionSchema } from "./schema";
import { firstComparison } from "./testing/first-comparison";

function field(change: Partial<AnswerField>): AnswerField {
  return answerFieldSchema.parse({
    key: "value",
    label: "Value",
    type: "text",
    output_path: "/value",
    truth_path: "/value",
    ...change,
  });
}
const options = ["yes", "no"].map((value) => ({ value, label: value }));

test.each([
  [field({ type: "category", options }), "yes", "yes", "match"],
  [field({ type: "category", options }), "yes", " yes ", "match"],
  [field({ type: "category", options }), "yes", "Yes", "mismatch"],
  [field({ type: "category", options }), "yes", ["yes"], "mismatch"],
  [field({ type: "category", options }), "yes", null, "missing"],
  [field({ type: "category", options }), null, "no", "extra"],
  [field({ type: "category", options }), null, undefined, "match"],
  [field({ type: "boolean" }), true, "Yes", "match"],
  [field({ type: "boolean" }), false, 0, "match"],
  [field({ type: "boolean" }), false, "perhaps", "mismatch"],
  [field({ type: "number" }), 1250, "$1,250.00", "match"],
  [field({ type: "number" }), 1250, 1250.01, "mismatch"],
  [field({ type: "number" }), 1.5, "1,5", "mismatch"],
  [field({ type: "number", tolerance: { absolute: 2 } }), 10, 12, "match"],
  [field({ type: "number", tolerance: { absolute: 2 } }), 10, 12.01, "mismatch"],
  [field({ type: "number", tolerance: { relative: 0.3 } }), 100, 130, "match"],
  [field({ type: "number", tolerance: { relative: 0.3 } }), -100, -131, "mismatch"],
  [field({ type: "number", tolerance: { relative: 0.3 } }), 0, 0.1, "mismatch"],
  [field({ type: "number", tolerance: { relative: 0.1, absolute: 5 } }), 10, 15, "match"],
  [field({ type: "number" }), 1, Number.NaN, "mismatch"],
  [field({ type: "date" }), "2026-03-02", "2026-03-02T23:59:59Z", "match"],
  [field({ type: "date" }), "2026-03-02", "2026-02-30", "mismatch"],
  [field({ type: "date" }), "2026-03-02", "02.03.2026", "mismatch"],
  [field({ type: "date", tolerance: { absolute: 1 } }), "2026-03-01", "2026-02-28", "match"],
  [field({ type: "text" }), "Main  Street", "main street", "match"],
  [field({ type: "text" }), "Main Street.", "main street", "mismatch"],
  [
    field({ type: "text", normalise: { case: true, space: true, punctuation: true, accents: true } }),
    "Café, Köln!",
    "cafe koln",
    "match",
  ],
  [
    field({ type: "text", normalise: { case: false, space: true, punctuation: false, accents: false } }),
    "A",
    "a",
    "mismatch",
  ],
  [field({ type: "text" }), "Caf\u00e9", "Cafe\u0301", "match"],
  [field({ type: "text" }), "a", { text: "a" }, "mismatch"],
] as const)("%#: %o answered %o, output %o: %s", (rule, answer, output, expected) => {
  expect(compareField(rule, answer, output)).toEqual({ result: expected });
});

const form = answerDefinitionSchema.parse({
  fields: [
    { key: "total", label: "Total", type: "number", output_path: "/sum/0", truth_path: "/total", weight: 2 },
    {
      key: "name",
      label: "Name",
      type: "text",
      output_path: "/a~1b",
      truth_path: "/name",
      weight: 1,
      required: false,
    },
    { key: "paid", label: "Paid", type: "boolean", output_path: "/paid", truth_path: "/paid", weight: 1 },
  ],
  threshold: 0.75,
});

test("the score is the weighted share of matching fields, and the threshold decides", () => {
  const answer = { total: 10, name: null, paid: true };
  expect(compareAnswer(form, answer, { sum: [10], paid: true })).toMatchObject({
    score: 1,
    verdict: "CORRECT",
  });
  expect(compareAnswer(form, answer, { sum: [10], "a/b": "x", paid: true })).toEqual({
    fieldResults: [
      { field: "total", result: "match" },
      { field: "name", result: "extra" },
      { field: "paid", result: "match" },
    ],
    score: 0.75,
    verdict: "CORRECT",
  });
  expect(compareAnswer(form, answer, { sum: [11], paid: true })).toMatchObject({
    score: 0.5,
    verdict: "INCORRECT",
  });
  expect(compareAnswer(form, answer, "a bare text")).toMatchObject({ score: 0.25, verdict: "INCORRECT" });
});

test("ten equal weights of 0.1 that all match reach a threshold of 1", () => {
  const fields = Array.from({ length: 10 }, (_, i) => ({ ...field({ weight: 0.1 }), key: `f${i}` }));
  expect(compareAnswer({ fields, threshold: 1 }, {}, {})).toMatchObject({ score: 1, verdict: "CORRECT" });
});

test("five thousand random outputs are judged as by the first comparison, with the forms of that time", () => {
  const types = ["category", "boolean", "number", "text", "date"] as const;
  const seen = new Map<string, number>();
  const rule = fc.constantFrom(...types).map((type) => ({
    ...field({ type, ...(type === "category" ? { options } : {}) }),
    ...(type === "number" ? { tolerance: { relative: 0.1, absolute: 1 } } : {}),
  }));
  const value = fc.oneof(
    fc.constantFrom("yes", "no", "2026-03-02", "2026/03/02", 1, 1.5, "1", true, "", null, undefined),
    fc.anything(),
  );
  fc.assert(
    fc.property(
      fc.array(fc.tuple(rule, value, value, fc.double({ min: 0.1, max: 9, noNaN: true })), { minLength: 1 }),
      fc.double({ min: 0.01, max: 1, noNaN: true }),
      (rows, threshold) => {
        const fields = rows.map(([each, , , weight], at) => ({
          ...each,
          key: `f${at}`,
          output_path: `/f${at}`,
          weight,
        }));
        const answer = Object.fromEntries(rows.map(([, stated], at) => [`f${at}`, stated])) as never;
        const output = Object.fromEntries(rows.map(([, , shown], at) => [`f${at}`, shown]));
        const now = compareAnswer({ fields, threshold }, answer, output);
        expect(now).toEqual(firstComparison({ fields, threshold }, answer, output));
        for (const { result } of now.fieldResults) seen.set(result, (seen.get(result) ?? 0) + 1);
      },
    ),
    { numRuns: 5_000, seed: 4 },
  );
  for (const kind of ["match", "mismatch", "missing", "extra"])
    expect(seen.get(kind), kind).toBeGreaterThan(1_000);
});

test("a reviewer's answer is checked field by field", () => {
  expect(parseAnswer(form, { total: 3, paid: false })).toEqual({
    ok: true,
    answer: { total: 3, name: null, paid: false },
  });
  const wrong = parseAnswer(form, { total: "3", other: 1, name: "x" });
  expect(wrong.ok ? [] : Object.keys(wrong.fields).sort()).toEqual(["other", "paid", "total"]);
});

test("a truth is read by its paths; one without a required value says nothing", () => {
  expect(answerFromTruth(form, { total: "$1,200.00", paid: "t" })).toEqual({
    total: 1200,
    name: null,
    paid: true,
  });
  expect(answerFromTruth(form, { total: null, paid: true })).toBeNull();
  expect(answerFromTruth(form, { total: "unknown", paid: true })).toBeNull();
  expect(judgeTruth(form, null, { sum: [1] })).toBeNull();
});

test("the version in force is the newest that existed, else the first", () => {
  const [first, second] = [{ createdAt: new Date(1_000) }, { createdAt: new Date(2_000) }];
  expect(schemaInForce([second, first], new Date(500))).toBe(first);
  expect(schemaInForce([second, first], new Date(1_500))).toBe(first);
  expect(schemaInForce([second, first], new Date(2_000))).toBe(second);
  expect(schemaInForce([], new Date())).toBeNull();
});

test.each([
  [{ fields: [] }],
  [{ fields: [{ ...field({}), key: "__proto__" }] }],
  [{ fields: [field({}), field({})] }],
  [{ fields: [{ ...field({}), type: "category" }] }],
  [{ fields: [{ ...field({}), output_path: "value" }] }],
  [{ fields: [{ ...field({}), tolerance: { absolute: 1 } }] }],
  [{ fields: [field({})], threshold: 0 }],
])("definition %# is refused", (definition) => {
  expect(answerDefinitionSchema.safeParse(definition).success).toBe(false);
});
