import fc from "fast-check";
import { expect, test } from "vitest";
import { compareAnswer } from "./compare-answer";
import { compareField, sameAnswer } from "./compare-field";
import { answerFieldSchema, FIELD_TYPES } from "./field-schema";
import { judgeTruth } from "./judge-truth";
import { answerFromTruth, askedFirst, parseAnswer } from "./parse-answer";
import { type AnswerDefinition, type AnswerField, answerDefinitionSchema, fieldResultSchema } from "./schema";

const options = ["billing", "refund", "delivery", "a, b"].map((value) => ({ value, label: value }));
const rubric = { anchors: ["Useless", "", "Fair", "Good", "Perfect"], right_from: 4 };
const NEEDED: Partial<Record<AnswerField["type"], Partial<AnswerField>>> = {
  category: { options },
  categories: { options },
  rubric: { rubric },
};

function field(type: AnswerField["type"], change: Partial<AnswerField> = {}): AnswerField {
  const paths = { output_path: "", truth_path: "" };
  return answerFieldSchema.parse({
    key: "value",
    label: "Value",
    type,
    ...paths,
    ...NEEDED[type],
    ...change,
  });
}
const tags = (change: Partial<AnswerField> = {}) => field("categories", change);
const lines = (change: Partial<AnswerField> = {}) => field("list", change);

test.each([
  [tags(), ["billing", "refund"], ["refund", "billing"], { result: "match", score: 1 }],
  [tags(), ["billing", "refund"], "refund, billing", { result: "match", score: 1 }],
  [tags(), ["billing"], { billing: true, refund: false }, { result: "match", score: 1 }],
  [tags(), ["a, b"], "a, b", { result: "match", score: 1 }],
  [tags(), ["billing", "refund"], ["refund"], { result: "mismatch", score: 0.5 }],
  [tags({ overlap: 0.5 }), ["billing", "refund"], ["refund"], { result: "match", score: 0.5 }],
  [tags({ overlap: 0.5 }), ["billing"], ["refund", "delivery"], { result: "mismatch", score: 0 }],
  [tags(), ["billing"], ["billing", "unheard of"], { result: "mismatch", score: 0.5 }],
  [tags(), ["billing"], [], { result: "missing" }],
  [tags(), ["billing"], { billing: false }, { result: "missing" }],
  [tags(), null, ["billing"], { result: "extra" }],
  [tags(), null, [], { result: "match" }],
  [tags(), [], null, { result: "match" }],
  [tags(), ["billing"], [{ name: "billing" }], { result: "mismatch" }],
  [tags(), ["billing"], { billing: 0.9 }, { result: "mismatch" }],
  [lines(), ["Brake hose", "Fuel pump"], ["fuel  pump", "BRAKE HOSE"], { result: "match", score: 1 }],
  [lines(), ["Brake hose", "Fuel pump"], "Fuel pump\nBrake hose", { result: "match", score: 1 }],
  [lines({ overlap: 0.3 }), ["a", "b"], ["b", "c"], { result: "match", score: 1 / 3 }],
  [field("text", { similarity: 0.9 }), "Jon Smith", "John Smith", { result: "match", score: 0.9 }],
  [field("text", { similarity: 0.91 }), "Jon Smith", "John Smith", { result: "mismatch", score: 0.9 }],
  [field("text", { similarity: 0.9 }), "Jon Smith", "JOHN  smith", { result: "match", score: 0.9 }],
  [field("text", { similarity: 0.1 }), "a", ["a"], { result: "mismatch" }],
  [field("rubric"), 4, "whatever", { result: "match", score: 0.75 }],
  [field("rubric"), 3, undefined, { result: "mismatch", score: 0.5 }],
  [field("rubric"), null, "whatever", { result: "mismatch" }],
] as const)("%#: %o answered %o, output %o: %o", (rule, answer, output, expected) => {
  expect(compareField(rule, answer as never, output)).toEqual(expected);
});

const form = (threshold: number, ...fields: AnswerField[]): AnswerDefinition =>
  answerDefinitionSchema.parse({
    threshold,
    fields: fields.map((each, at) => ({ ...each, key: `f${at}`, output_path: `/f${at}` })),
  });

test("a match counts in full; what is not right counts in part only where the form says so", () => {
  const output = { f0: ["refund"], f1: "John Smith" };
  const answer = { f0: ["billing", "refund"], f1: "Jon Smith" };
  const strict = form(0.7, tags({ weight: 3 }), field("text", { similarity: 0.8 }));
  expect(compareAnswer(strict, answer, output)).toMatchObject({ score: 0.25, verdict: "INCORRECT" });
  const partly = form(0.6, tags({ weight: 3, partial_credit: true }), field("text", { similarity: 0.8 }));
  expect(compareAnswer(partly, answer, output)).toMatchObject({ score: 0.625, verdict: "CORRECT" });
});

test("a level that is not given yet counts neither way, and is asked only after the output is seen", () => {
  const mixed = form(1, tags(), field("rubric"));
  const output = { f0: ["refund"], f1: "a long text" };
  expect(compareAnswer(mixed, { f0: ["refund"] }, output)).toEqual({
    fieldResults: [{ field: "f0", result: "match", score: 1 }],
    score: 1,
    verdict: "CORRECT",
  });
  expect(compareAnswer(mixed, { f0: ["refund"], f1: 3 }, output)).toMatchObject({
    score: 0.5,
    verdict: "INCORRECT",
  });
  expect(askedFirst(mixed).fields.map(({ key }) => key)).toEqual(["f0"]);
  expect(parseAnswer(askedFirst(mixed), { f0: ["refund"], f1: 4 })).toMatchObject({ ok: false });
  expect(parseAnswer(mixed, { f0: ["refund"], f1: 4 })).toMatchObject({ ok: true });
  expect(parseAnswer(mixed, { f0: ["refund"] })).toMatchObject({
    ok: false,
    fields: { f1: expect.anything() },
  });
});

test("a truth that comes later is judged by the same comparison; without the level it judges nothing", () => {
  const mixed = form(1, tags({ truth_path: "/topics" }), field("rubric", { truth_path: "/level" }));
  const output = { f0: ["refund", "billing"] };
  const truth = { topics: "billing; refund", level: 5 };
  expect(judgeTruth(mixed, truth, output)).toMatchObject({ score: 1, verdict: "CORRECT" });
  expect(judgeTruth(mixed, { ...truth, level: 2 }, output)).toMatchObject({ verdict: "INCORRECT" });
  expect(judgeTruth(mixed, { topics: "billing" }, output)).toBeNull();
  expect(judgeTruth(mixed, { ...truth, level: 9 }, output)).toBeNull();
  const alone = form(1, tags({ truth_path: "/topics", overlap: 0.5 }));
  expect(judgeTruth(alone, { topics: ["billing"] }, output)).toMatchObject({ verdict: "CORRECT" });
});

const anyField = fc
  .record({
    type: fc.constantFrom(...FIELD_TYPES),
    part: fc.constantFrom(0.1, 0.5, 0.9, 1, undefined),
    credit: fc.boolean(),
    weight: fc.double({ min: 0.001, max: 1000, noNaN: true }),
  })
  .map(({ type, part, credit, weight }) =>
    field(type, {
      weight,
      ...(part !== undefined && type === "text" ? { similarity: part } : {}),
      ...(part !== undefined && (type === "categories" || type === "list") ? { overlap: part } : {}),
      ...(credit && ["categories", "list", "text", "rubric"].includes(type) ? { partial_credit: true } : {}),
    }),
  );
const anyAnswer = fc.oneof(
  fc.subarray(options.map(({ value }) => value)),
  fc.constantFrom<unknown>("billing", true, 3, "2026-03-02", null),
  fc.anything(),
);

test("no output and no answer make the comparison throw; every score lies within 0 and 1 and can be stored", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(anyField, anyAnswer, fc.oneof(fc.jsonValue(), anyAnswer)), {
        minLength: 1,
        maxLength: 5,
      }),
      (rows) => {
        const definition = form(0.8, ...rows.map(([each]) => each));
        const answer = Object.fromEntries(rows.map(([, stated], at) => [`f${at}`, stated])) as never;
        const output = Object.fromEntries(rows.map(([, , shown], at) => [`f${at}`, shown]));
        for (const shown of [output, rows[0]?.[2]]) {
          const { score, fieldResults } = compareAnswer(definition, answer, shown);
          expect(score >= 0 && score <= 1).toBe(true);
          for (const each of fieldResults) fieldResultSchema.parse(each);
        }
      },
    ),
    { numRuns: 5_000, seed: 4 },
  );
});

test("an output that says what was answered is a match, and so is the answer beside itself", () => {
  const said = fc.constantFrom<[AnswerField["type"], string | number | boolean | string[]]>(
    ["category", "billing"],
    ["categories", ["billing", "a, b"]],
    ["boolean", false],
    ["number", 12.5],
    ["text", "Fuel pump"],
    ["date", "2026-03-02"],
    ["list", ["Fuel pump", "Brake hose"]],
    ["rubric", 5],
  );
  fc.assert(
    fc.property(said, ([type, value]) => {
      const rule = field(type);
      expect(compareField(rule, value, value).result).toBe("match");
      expect(sameAnswer(rule, value, value)).toBe(true);
      expect(parseAnswer(form(1, rule), { f0: value })).toEqual({ ok: true, answer: { f0: value } });
      expect(answerFromTruth(form(1, rule), value)).toEqual({ f0: value });
    }),
  );
  expect(sameAnswer(field("rubric"), 4, 5)).toBe(false);
});

test.each([
  ["categories", ["billing", "nothing like it"]],
  ["categories", ["billing", "billing"]],
  ["categories", "billing"],
  ["categories", []],
  ["list", ["a", "a"]],
  ["list", ["a", " "]],
  ["list", Array.from({ length: 201 }, (_, i) => `line ${i}`)],
  ["rubric", 0],
  ["rubric", 2.5],
  ["rubric", 6],
  ["rubric", "4"],
] as const)("a reviewer may not answer a %s with %o", (type, value) => {
  expect(parseAnswer(form(1, field(type)), { f0: value })).toMatchObject({ ok: false });
});

test.each([
  { type: "rubric" },
  { type: "rubric", rubric: { anchors: ["a", "b"], right_from: 3 } },
  { type: "text", rubric },
  { type: "text", overlap: 0.5 },
  { type: "number", similarity: 0.5 },
  { type: "boolean", partial_credit: true },
  { type: "categories" },
])("a field %o is refused", (wrong) => {
  const named = { key: "x", label: "X", output_path: "", truth_path: "", ...wrong };
  expect(answerFieldSchema.safeParse(named).success).toBe(false);
});
